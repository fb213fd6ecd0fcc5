/**
 * The checked file becomes a topology: defaults filled in, groups expanded, names turned into regions, blocks made
 * canonical. What cannot be read is told and left out, and what refers to it stays quiet.
 */
import type { CheckedFile, Gaps } from '../check-shape';
import { error, type Finding } from '../finding';
import type { NetworkName, Topology } from '../topology';
import { type Context, leaveOut, MOST_COMPARISONS, namesOf } from './context';
import { approvalOf, quotasOf, tunnelOf } from './defaults';
import { resolveAccess } from './resolve-access';
import { resolveBackbone } from './resolve-backbone';
import { checkName, resolveOffice } from './resolve-office';
import { resolveTests } from './resolve-tests';
import { resolveVpc } from './resolve-vpc';

export interface Resolved {
  /** Without what was left out. */
  topology: Topology;
  /** Where lists of the topology stand in the file's: entries left out and groups expanded move them. */
  origins: { links: number[]; tests: number[] };
  gaps: Gaps;
}

/** More of them help nobody. Warnings leave room, so that an error is never lost. */
const MOST_FINDINGS = 5_000;
const MOST_WARNINGS = 2_500;

export function resolveTopology(checked: CheckedFile): { resolved: Resolved; findings: Finding[] } {
  const { file, gaps } = checked;
  const findings: Finding[] = [];
  const context: Context = {
    tell: (finding) => {
      const most = finding.severity === 'error' ? MOST_FINDINGS : MOST_WARNINGS;
      if (findings.length < most) findings.push(finding);
    },
    gaps,
    names: namesOf(file),
    comparisons: { left: MOST_COMPARISONS },
  };
  if (context.names.vpcs.length === 0 && !gaps.sections.has('vpcs'))
    context.tell(
      error(['vpcs'], { code: 'no-vpc', message: 'the file has no VPC', remedy: 'Add the VPCs to be joined.' }),
    );
  const vpcs = Object.entries(file.vpcs).flatMap(([name, entry]) => {
    if (checkName(context, name, ['vpcs', name])) return resolveVpc(context, name, entry) ?? [];
    leaveOut(context, 'vpcs', name);
    return [];
  });
  const names = new Set(vpcs.map(({ name }) => name));
  const offices = Object.entries(file.offices ?? {}).flatMap(
    ([name, entry]) => resolveOffice(context, name, entry, names) ?? [],
  );
  const { backbone, origins: links } = resolveBackbone(context, checked);
  const access = resolveAccess(context, checked, { vpcs, offices });
  const { tests, origins } = resolveTests(context, checked);
  const topology: Topology = {
    version: 1,
    name: file.name as NetworkName,
    tunnel: tunnelOf(file.defaults?.tunnel),
    quotas: quotasOf(file.defaults?.quotas),
    backbone,
    vpcs,
    offices,
    access,
    tests,
    onRemoval: file.onRemoval ?? 'keep',
    approval: approvalOf(file.approval),
    protect: file.protect ?? false,
    onDrift: file.onDrift ?? 'report',
    adopt: Object.entries(file.adopt ?? {}).map(([resource, cloudId]) => ({ resource, cloudId })),
  };
  return { resolved: { topology, origins: { links, tests: origins }, gaps }, findings };
}
