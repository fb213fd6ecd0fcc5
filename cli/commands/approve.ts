import * as z from 'zod';
import type { NetworkQuestion, NetworkRow } from '../../shared/engine/run';
import type { OrderReport } from '../../shared/engine/take-order';
import { TrunklineError } from '../../shared/errors';
import { wrap } from '../../shared/network/wrap-text';
import { type Answer, weigh } from '../../shared/plan/approval';
import { type Command, type CommandContext, LOCAL_OPTION, type Options, type Result, UsageError } from '../command';
import { type Connection, connect } from '../connection';
import { placeOrder } from '../place-order';
import { problemsText } from '../read-topology';

/** Fewer digits of a hash would be guessed, or met by another plan. */
const LEAST_DIGITS = 12;

export const approve: Command = {
  summary: 'show the plan that waits for somebody’s word, agree to it, or refuse it',
  argument: '<network>',
  options: [
    LOCAL_OPTION,
    { flags: '--plan <hash>', summary: `agree to this plan; its first ${LEAST_DIGITS} digits are enough` },
    { flags: '--refuse', summary: 'with --plan, refuse it' },
    { flags: '--reason <text>', summary: 'why; whoever wanted the plan reads it' },
  ],
  run: async (context, name, options) => {
    const connection = await connect(context, options);
    const row = await connection.runs.readNetwork(name);
    const question = row?.question;
    if (!row || question?.revision !== null)
      throw new TrunklineError('NothingAsked', `no plan of ${name} waits for anybody's word`);
    const plan = typeof options.plan === 'string' ? options.plan : null;
    if (plan === null) return shown(context, row.name, question);
    if (plan.length < LEAST_DIGITS || !question.plan.startsWith(plan))
      throw new UsageError(
        `the plan that waits is ${question.plan.slice(0, LEAST_DIGITS)}…, and not ${plan.slice(0, 64)}`,
        'Look at it with `trunkline approve` and the network alone.',
      );
    return say(context, connection, { row, question, options });
  },
};

function shown(context: CommandContext, network: string, question: NetworkQuestion): Result {
  const answer = weigh(question, context.clock.now());
  const document = { ...documentOf(network, question, answer), outcome: 'asked' as const, revision: null, run: null };
  return { exitCode: 0, document, text: `${questionText(network, question, answer)}${HOW(network, question.plan)}` };
}

const HOW = (network: string, plan: string): string =>
  `\nAgree:  trunkline approve ${network} --plan ${plan.slice(0, LEAST_DIGITS)}\nRefuse: the same with --refuse --reason TEXT\n`;

interface Saying {
  row: NetworkRow;
  question: NetworkQuestion;
  options: Options;
}

async function say(
  context: CommandContext,
  connection: Connection,
  { row, question, options }: Saying,
): Promise<Result> {
  const by = await callerOf(connection);
  const reason = typeof options.reason === 'string' ? options.reason : null;
  const answer = { plan: question.plan, by, agrees: options.refuse !== true, reason };
  const report = await placeOrder(context, connection, { kind: 'answer', network: row.name, answer });
  const after = (await connection.runs.readNetwork(row.name))?.question ?? question;
  const { outcome, revision, run, problems } = report;
  const document = { ...documentOf(row.name, after, weigh(after, context.clock.now())), outcome, revision, run };
  const ok = outcome !== 'refused' || !answer.agrees;
  return {
    exitCode: ok ? 0 : 2,
    document,
    text: `${ok ? '' : problemsText(problems, context.terminal)}${outcomeText(context, report, document)}`,
    ...(ok ? {} : { complaint: true as const }),
  };
}

const identitySchema = z.looseObject({ Arn: z.string() });

/** As the service knows whoever holds the key; two keys of one user are one. */
async function callerOf({ cloud }: Connection): Promise<string> {
  const answer = await cloud.call({ service: 'sts', region: null, action: 'GetCallerIdentity', parameters: {} });
  return identitySchema.parse(answer).Arn;
}

const documentOf = (network: string, { plan, reasons, voices }: NetworkQuestion, answer: Answer) => ({
  network,
  plan,
  reasons: [...reasons],
  missing: answer.kind === 'open' ? answer.missing : 0,
  voices: voices.map(({ by, agrees, reason }) => ({ by, agrees, reason })),
});

function questionText(network: string, { plan, reasons, voices, people }: NetworkQuestion, answer: Answer): string {
  const missing = answer.kind === 'open' ? `${answer.missing} of ${people} must still agree` : answer.kind;
  return [
    `${network}: the plan ${plan.slice(0, LEAST_DIGITS)} waits, ${missing}\n`,
    ...reasons.flatMap((reason) => wrap(reason, 2, 4)).map((line) => `${line}\n`),
    ...voices.map(
      ({ by, agrees, reason }) => `  ${agrees ? 'agrees' : 'refuses'}: ${by}${reason ? `, ${reason}` : ''}\n`,
    ),
  ].join('');
}

function outcomeText(
  { terminal }: CommandContext,
  { outcome, revision, network }: OrderReport,
  { missing }: ReturnType<typeof documentOf>,
): string {
  switch (outcome) {
    case 'accepted':
    case 'unchanged':
      return `${terminal.paint('green', 'agreed')}: revision ${revision} of ${network} is on its way; see \`trunkline watch ${network}\`\n`;
    case 'held':
      return `noted; ${missing} more must agree\n`;
    case 'refused':
      return `${network ?? 'it'} is not changed\n`;
  }
}
