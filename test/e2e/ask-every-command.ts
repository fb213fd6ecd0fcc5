/** Runs the commands that speak of a network as the command line does, and parses what each prints with `--json`. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command, CommandContext, Options } from '../../cli/command';
import { apply } from '../../cli/commands/apply';
import { audit } from '../../cli/commands/audit';
import { drift } from '../../cli/commands/drift';
import { orphans } from '../../cli/commands/orphans';
import { plan } from '../../cli/commands/plan';
import { prove } from '../../cli/commands/prove';
import { recover } from '../../cli/commands/recover';
import { status } from '../../cli/commands/status';
import { watch } from '../../cli/commands/watch';
import { DOCUMENTS } from '../../cli/documents';
import { terminal } from '../../cli/terminal';
import { systemClock } from '../../shared/clock';

/** All that the commands asked here have printed, on either stream, with `--json` and without. */
export const printed: string[] = [];

export function contextIn(folder: string): CommandContext {
  const silent = { write: (text: string) => printed.push(text) };
  return {
    environment: {},
    folder,
    terminal: terminal({ out: silent, error: silent }, {}),
    clock: systemClock(),
    json: true,
    interrupted: new Promise(() => undefined),
    pause: (milliseconds) => sleep(milliseconds).then(() => undefined),
  };
}

/** The document; `folder` has the note that `--local` reads. */
export async function askCommand(folder: string, command: Command, argument: string, options: Options = {}) {
  const context = contextIn(folder);
  const { document, text } = await command.run(context, argument, { local: true, json: true, ...options });
  printed.push(JSON.stringify(document), text);
  return document;
}

export async function askEveryCommand(folder: string, network: string, file: string) {
  const ask = (command: Command, argument: string, options: Options = {}) =>
    askCommand(folder, command, argument, options);
  return {
    watch: DOCUMENTS.watch.parse(await ask(watch, network)),
    apply: DOCUMENTS.apply.parse(await ask(apply, file)),
    prove: DOCUMENTS.prove.parse(await ask(prove, network)),
    plan: DOCUMENTS.plan.parse(await ask(plan, file)),
    audit: DOCUMENTS.audit.parse(await ask(audit, network, { verify: true })),
    recover: DOCUMENTS.recover.parse(await ask(recover, network)),
    drift: DOCUMENTS.drift.parse(await ask(drift, network)),
    orphans: DOCUMENTS.orphans.parse(await ask(orphans, '')),
    status: DOCUMENTS.status.parse(await ask(status, '')),
  };
}
