/**
 * What `--json` prints: a contract. schema/cli.v1.json is generated from here, and a test holds every command's
 * document to its schema. Absent is null, never left out.
 */
import * as z from 'zod';
import { OUTCOMES } from '../shared/engine/run';

const problem = z.strictObject({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
  column: z.int().nullable(),
});

const count = z.strictObject({ total: z.int(), reachable: z.int(), assumed: z.int() });

const proofSummary = z.strictObject({
  sitePairs: count,
  applications: count,
  tests: z.strictObject({ total: z.int(), hold: z.int() }),
});

const run = z.strictObject({
  network: z.string().nullable(),
  revision: z.int().nullable(),
  run: z.string().nullable(),
  outcome: z.enum([...OUTCOMES, 'unchanged', 'refused', 'held']),
  tasks: z.strictObject({ done: z.int(), failed: z.int(), undone: z.int() }),
  /** Cloud calls. */
  calls: z.int(),
  elapsedMs: z.number(),
  proof: proofSummary.nullable(),
});

const local = z.strictObject({
  endpoint: z.url(),
  region: z.string(),
  accountId: z.string(),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
  bucket: z.string(),
  tablestoreInstance: z.string(),
  webhookUrl: z.url(),
  /** What clients over https are told to trust; absolute. */
  caFile: z.string(),
});

const plan = z.strictObject({
  network: z.string(),
  revision: z.int(),
  base: z.int().nullable(),
  hash: z.string(),
  tasks: z.array(
    z.strictObject({
      id: z.string(),
      step: z.string(),
      kind: z.string(),
      action: z.enum(['create', 'update', 'remove', 'adopt', 'keep']),
      needs: z.array(z.string()),
    }),
  ),
  summary: z.strictObject({
    create: z.int(),
    update: z.int(),
    replace: z.int(),
    remove: z.int(),
    adopt: z.int(),
    keep: z.int(),
  }),
  /** Pairs that are up before and after, and not in between. */
  interruptions: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      port: z.string().nullable(),
      /** Where a packet stops in the first state that lacks its way, and why. */
      blockedAt: z.string().nullable(),
      cause: z.string().nullable(),
    }),
  ),
});

/** At most 500 of them. */
const pairs = z.strictObject({
  total: z.int(),
  first: z.array(z.strictObject({ from: z.string(), to: z.string(), port: z.string().nullable() })),
});

/** From what is live: who reaches whom then, no longer, or by another way. */
const pairChanges = z.strictObject({ gained: pairs, lost: pairs, moved: pairs });

/** What is otherwise in the cloud than recorded. */
const finding = z.strictObject({
  resource: z.string(),
  kind: z.string(),
  /** As recorded. */
  cloudId: z.string().nullable(),
  ownership: z.enum(['ours', 'borrowed']),
  /** `foreign`: something that nobody recorded stands in its way. */
  what: z.enum(['changed', 'gone', 'foreign']),
  detail: z.string(),
  remedy: z.string(),
  /** What a repair does with it; null where it is only reported. `renegotiate`: the office's device must follow. */
  repair: z.enum(['change', 'renegotiate', 'make']).nullable(),
});

const notSeen = z.array(z.strictObject({ resource: z.string(), why: z.string() }));

export const DOCUMENTS = {
  validate: z.strictObject({ ok: z.boolean(), problems: z.array(problem) }),
  /** Pairs: null where nothing is live, or the account was not asked. */
  plan: plan.extend({
    pairs: pairChanges.nullable(),
    /** Why somebody must agree to it first. */
    reasons: z.array(z.string()),
    /** What it would be refused for, and what else there is to know: of what is recorded, not of the file. */
    problems: z.array(problem),
  }),
  diff: plan.extend({ pairs: pairChanges }),
  prove: z.strictObject({
    network: z.string(),
    ok: z.boolean(),
    pairs: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        port: z.string().nullable(),
        verdict: z.enum(['reachable', 'starved', 'blocked', 'assumed']),
        reachable: z.boolean(),
        path: z.array(z.string()),
        blockedAt: z.string().nullable(),
        cause: z.string().nullable(),
        remedy: z.string().nullable(),
        assumptions: z.array(z.string()),
      }),
    ),
    tests: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        port: z.string().nullable(),
        expect: z.enum(['reachable', 'blocked']),
        holds: z.boolean(),
      }),
    ),
    assumptions: z.array(z.strictObject({ id: z.string(), text: z.string() })),
    summary: proofSummary,
  }),
  apply: run,
  rollback: run,
  cancel: run,
  resume: run,
  history: z.strictObject({
    network: z.string(),
    live: z.int().nullable(),
    latest: z.int(),
    /** Who agreed to the newest revision. */
    agreed: z.array(z.string()),
    /** Newest first. */
    runs: z.array(
      z.strictObject({
        run: z.string(),
        revision: z.int(),
        state: z.enum(['starting', 'ready', 'stopping', 'ended']),
        outcome: z.enum(OUTCOMES).nullable(),
        startedAt: z.number(),
        endedAt: z.number().nullable(),
        /** Hash. */
        plan: z.string(),
        live: z.boolean(),
        destroys: z.boolean(),
      }),
    ),
  }),
  watch: run,
  approve: z.strictObject({
    network: z.string(),
    plan: z.string(),
    /** Why somebody must agree. */
    reasons: z.array(z.string()),
    /** How many more must. */
    missing: z.int(),
    voices: z.array(z.strictObject({ by: z.string(), agrees: z.boolean(), reason: z.string().nullable() })),
    /** `asked`: only shown. */
    outcome: z.enum(['asked', 'held', 'accepted', 'unchanged', 'refused']),
    revision: z.int().nullable(),
    run: z.string().nullable(),
  }),
  /** With --dry-run it is `plan`'s. */
  destroy: run,
  /** With --repair it is `apply`'s. */
  drift: z.strictObject({
    network: z.string(),
    revision: z.int(),
    /** Resources that were looked at. */
    looked: z.int(),
    findings: z.array(finding),
    /** What could not be looked at. */
    notSeen,
    /** What a repair does; null where there is nothing to repair. */
    plan: plan.nullable(),
  }),
  status: z.strictObject({
    networks: z.array(
      z.strictObject({
        network: z.string(),
        live: z.int().nullable(),
        latest: z.int(),
        run: z.string().nullable(),
        outcome: z.enum(OUTCOMES).nullable(),
        /** Taken down: nothing of it stands. */
        destroyed: z.boolean(),
        proof: proofSummary.nullable(),
        /** What the sweep found since the last run; null before it has looked at everything. */
        drift: z
          .strictObject({
            checkedAt: z.string(),
            looked: z.int(),
            findings: z.array(finding),
            notSeen,
            /** The last repair by rule. */
            repair: z
              .strictObject({
                at: z.string(),
                outcome: z.enum(['accepted', 'refused', 'unchanged']),
                run: z.string().nullable(),
                why: z.string().nullable(),
              })
              .nullable(),
          })
          .nullable(),
        tunnels: z.array(
          z.strictObject({
            connection: z.string(),
            /** The service's id; empty where there is one tunnel. */
            tunnel: z.string(),
            /** Empty where there is one tunnel. */
            role: z.string(),
            address: z.string(),
            state: z.enum(['up', 'down', 'never-up']),
            negotiation: z.string(),
            since: z.string(),
            /** Why it is not up, by the service; null where it is, or was not asked about: without a name nobody is. */
            code: z.string().nullable(),
            cause: z.string().nullable(),
            remedy: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
  audit: z.strictObject({
    network: z.string(),
    run: z.string(),
    revision: z.int(),
    state: z.enum(['starting', 'ready', 'stopping', 'ended']),
    outcome: z.enum(OUTCOMES).nullable(),
    /** SHA-256 over the heads of all chains; null until the run's end. */
    seal: z.string().nullable(),
    events: z.array(
      z.strictObject({
        at: z.number(),
        task: z.string(),
        wake: z.int(),
        epoch: z.int(),
        owner: z.string(),
        what: z.string(),
        calls: z.array(
          z.strictObject({
            service: z.string(),
            region: z.string().nullable(),
            action: z.string(),
            requestId: z.string().nullable(),
            code: z.string().nullable(),
          }),
        ),
        number: z.int(),
        previous: z.string(),
      }),
    ),
    /** Null without --verify. */
    verified: z.boolean().nullable(),
    findings: z.array(
      z.strictObject({ severity: z.enum(['tampered', 'note']), task: z.string().nullable(), what: z.string() }),
    ),
  }),
  recover: z.strictObject({
    dryRun: z.boolean(),
    networks: z.array(
      z.strictObject({
        network: z.string(),
        incarnation: z.string(),
        state: z.enum(['recovered', 'would-recover', 'unchanged', 'refused']),
        /** Why it was refused, and what to do; null otherwise. */
        reason: z.string().nullable(),
        remedy: z.string().nullable(),
        latest: z.int(),
        live: z.int().nullable(),
        /** The recovery's own. */
        run: z.string().nullable(),
        outcome: z.enum(OUTCOMES).nullable(),
        /** Resources that are not as the revision wants them; null where nothing was recovered. */
        left: z.int().nullable(),
        proof: proofSummary.nullable(),
        resources: z.array(
          z.strictObject({
            id: z.string(),
            cloudId: z.string().nullable(),
            ownership: z.enum(['ours', 'borrowed']).nullable(),
            change: z.enum(['unchanged', 'recorded', 'corrected', 'absent']),
          }),
        ),
        /** What could not be known. */
        unknown: z.array(z.string()),
      }),
    ),
  }),
  orphans: z.strictObject({
    /** That were searched. */
    regions: z.array(z.string()),
    /** How many things carry the deployment's tags. */
    tagged: z.int(),
    /** Those that stand in no record. */
    orphans: z.array(
      z.strictObject({
        kind: z.string(),
        /** Null of a CEN instance. */
        region: z.string().nullable(),
        cloudId: z.string(),
        /** As its tags say. */
        network: z.string().nullable(),
        resource: z.string().nullable(),
        why: z.string(),
        remedy: z.string(),
        /** Whether it is paid for as long as it stands; null: by what goes through it. */
        billed: z.boolean().nullable(),
      }),
    ),
  }),
  import: z.strictObject({
    network: z.string(),
    /** The topology file's text. */
    file: z.string(),
    adopted: z.array(z.strictObject({ resource: z.string(), cloudId: z.string() })),
    /** What stands otherwise than a file can say, or does not stand. */
    left: z.array(z.strictObject({ resource: z.string(), why: z.string() })),
    /** What stands and no file can say. */
    unsaid: z.array(z.string()),
    /** Of the file. */
    problems: z.array(problem),
  }),
  bootstrap: z.strictObject({
    dryRun: z.boolean(),
    items: z.array(
      z.strictObject({
        kind: z.string(),
        name: z.string(),
        outcome: z.enum(['there', 'created', 'changed', 'would-create', 'would-change']),
      }),
    ),
    summary: z.strictObject({ there: z.int(), created: z.int(), changed: z.int() }),
  }),
  doctor: z.strictObject({
    /** Whether no error was found. */
    ok: z.boolean(),
    /** Errors first. */
    findings: z.array(
      z.strictObject({
        state: z.enum(['ok', 'warning', 'error', 'skipped']),
        code: z.string(),
        subject: z.string(),
        message: z.string(),
        remedy: z.string().nullable(),
      }),
    ),
    summary: z.strictObject({ errors: z.int(), warnings: z.int(), skipped: z.int(), ok: z.int() }),
  }),
  teardown: z.strictObject({
    dryRun: z.boolean(),
    items: z.array(
      z.strictObject({ kind: z.string(), name: z.string(), outcome: z.enum(['absent', 'removed', 'would-remove']) }),
    ),
    summary: z.strictObject({ absent: z.int(), removed: z.int() }),
  }),
  local,
  demo: run.extend({ local }),
  /** Any command whose input or surroundings are wrong. */
  error: z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() }) }),
} as const;

/** One JSON Schema with a definition a command. */
export const documentsJsonSchema = (): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://trunkline.example/schema/cli.v1.json',
  title: 'What the commands print with --json',
  $defs: Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, schema]) => [name, withoutDialect(z.toJSONSchema(schema))]),
  ),
});

function withoutDialect({ $schema: _dialect, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}
