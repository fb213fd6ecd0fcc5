export interface Entry {
  reads: readonly string[];
  mostBytes: number;
  mostMs: number;
}

const KIB = 1_024;
const MIB = 1_024 * KIB;

export const ENTRIES = {
  'topology text': {
    reads: ['shared/topology/parse-document.ts', 'shared/topology/scan-tokens.ts', 'shared/topology/read-values.ts'],
    mostBytes: MIB,
    mostMs: 15_000,
  },
  'account file': { reads: ['local/world/account.ts'], mostBytes: MIB, mostMs: 15_000 },
  's.yaml': { reads: ['cli/deployment/read-s-yaml.ts'], mostBytes: 256 * KIB, mostMs: 10_000 },
  settings: { reads: ['shared/topology/read-settings.ts'], mostBytes: MIB, mostMs: 15_000 },
  environment: { reads: ['shared/config.ts'], mostBytes: 128 * KIB, mostMs: 1_000 },
  'queue event': { reads: ['functions/events.ts'], mostBytes: 6 * MIB, mostMs: 5_000 },
  'OSS event': { reads: ['functions/events.ts'], mostBytes: 6 * MIB, mostMs: 5_000 },
  'HTTP event': { reads: ['functions/events.ts'], mostBytes: 6 * MIB, mostMs: 5_000 },
  'webhook delivery': {
    reads: [
      'shared/tickets/receive-delivery.ts',
      'shared/tickets/signature.ts',
      'shared/tickets/systems/generic.ts',
      'shared/tickets/systems/jira.ts',
      'shared/tickets/systems/servicenow.ts',
      'shared/tickets/systems/system-adapter.ts',
    ],
    mostBytes: MIB,
    mostMs: 15_000,
  },
  'approval link': {
    reads: ['shared/tickets/approval-link.ts', 'shared/tickets/open-approval.ts'],
    mostBytes: 64 * KIB,
    mostMs: 2_000,
  },
  'topology change': { reads: ['shared/tickets/changes/edit-text.ts'], mostBytes: MIB, mostMs: 15_000 },
  'ticket system secret': { reads: ['shared/tickets/ticket-system.ts'], mostBytes: 30 * KIB, mostMs: 1_000 },
  'stored row': {
    reads: [
      'shared/format.ts',
      'shared/store/task-row.ts',
      'shared/store/run-rows.ts',
      'shared/store/network-rows.ts',
      'shared/store/resource-records.ts',
      'shared/tickets/ticket-store.ts',
    ],
    mostBytes: 2 * MIB,
    mostMs: 5_000,
  },
  'report object': { reads: ['shared/engine/advance-report.ts'], mostBytes: 4 * MIB, mostMs: 10_000 },
  'bucket note': { reads: ['shared/recovery/read-traces.ts'], mostBytes: 4 * MIB, mostMs: 10_000 },
  'drift report': { reads: ['shared/drift/drift-report.ts'], mostBytes: 4 * MIB, mostMs: 10_000 },
  order: { reads: ['shared/engine/take-order.ts', 'shared/engine/revision.ts'], mostBytes: MIB, mostMs: 10_000 },
  'CLI document': {
    reads: [
      'cli/commands/approve.ts',
      'cli/commands/destroy.ts',
      'cli/place-order.ts',
      'cli/follow-run.ts',
      'cli/apply-file.ts',
      'cli/watch-run.ts',
      'cli/connection.ts',
    ],
    mostBytes: 4 * MIB,
    mostMs: 10_000,
  },
  'code package': {
    reads: ['local/world/fc/code.ts', 'local/runtime/code-folders.ts'],
    mostBytes: 8 * MIB,
    mostMs: 10_000,
  },
  XML: {
    reads: ['local/wire/xml.ts', 'local/wire/smq/read-xml.ts', 'local/wire/oss/oss-call.ts'],
    mostBytes: 8 * MIB,
    mostMs: 20_000,
  },
  plainbuffer: { reads: ['local/wire/tablestore/read-plainbuffer.ts'], mostBytes: 8 * MIB, mostMs: 10_000 },
  protobuf: {
    reads: [
      'local/wire/tablestore/message.ts',
      'local/wire/tablestore/decode-request.ts',
      'local/wire/tablestore/decode-filter.ts',
    ],
    mostBytes: 8 * MIB,
    mostMs: 10_000,
  },
  'RPC request': {
    reads: [
      'local/wire/rpc/parameters.ts',
      'local/wire/query.ts',
      'local/world/rpc/parameters.ts',
      'local/world/authorization/policy-document.ts',
      'local/world/ecs/describe-security-groups.ts',
      'local/world/kms/json-text.ts',
      'local/world/vpc/tunnel-config.ts',
    ],
    mostBytes: 8 * MIB,
    mostMs: 20_000,
  },
  'RPC action': {
    reads: ['local/world/rpc/parameters.ts', 'local/world/vpc/tunnel-config.ts'],
    mostBytes: 8 * MIB,
    mostMs: 20_000,
  },
  'OSS request': { reads: ['local/wire/oss/serve-oss.ts'], mostBytes: 8 * MIB, mostMs: 20_000 },
  'SMQ request': { reads: ['local/wire/smq/smq-call.ts'], mostBytes: 8 * MIB, mostMs: 20_000 },
  'Tablestore request': { reads: ['local/wire/tablestore/serve-tablestore.ts'], mostBytes: 8 * MIB, mostMs: 20_000 },
  'FC request': {
    reads: ['local/wire/fc/serve-fc.ts', 'local/wire/fc/routes.ts', 'local/world/fc/trigger-input.ts'],
    mostBytes: 8 * MIB,
    mostMs: 20_000,
  },
  'unsigned request': { reads: ['local/wire/server.ts'], mostBytes: 8 * MIB, mostMs: 10_000 },
  'HTTP bytes': { reads: ['local/wire/http-adapter.ts'], mostBytes: 256 * KIB, mostMs: 5_000 },
  'TLS bytes': { reads: ['local/wire/door.ts'], mostBytes: 64 * KIB, mostMs: 5_000 },
} as const satisfies Record<string, Entry>;

export type EntryName = keyof typeof ENTRIES;
