import { generic } from './generic';
import { jira } from './jira';
import { servicenow } from './servicenow';
import type { SystemAdapter, SystemKind } from './system-adapter';

const ADAPTERS: Readonly<Record<SystemKind, SystemAdapter>> = { generic, jira, servicenow };

export const adapterOf = (kind: SystemKind): SystemAdapter => ADAPTERS[kind];

/** Some header of these is on every request that is looked at. */
export const SIGNATURE_HEADERS: readonly string[] = [
  ...new Set(Object.values(ADAPTERS).map(({ signatureHeader }) => signatureHeader)),
];
