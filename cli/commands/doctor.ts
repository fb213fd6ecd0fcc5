import { type Command, LOCAL_OPTION } from '../command';
import { targetOf } from '../connection';
import { doctor as look } from '../doctor/doctor';
import type { Finding, FindingState } from '../doctor/finding';
import { findingTable } from '../doctor/finding-table';
import { problemsResult, readTopologyFile } from '../read-topology';

export const doctor: Command = {
  summary: 'check the account: key, services, what bootstrap and deploy made; with a file, what it needs',
  argument: '[file]',
  options: [LOCAL_OPTION],
  run: async (context, file, options) => {
    const read = file === '' ? null : await readTopologyFile(context.folder, file);
    if (read !== null && read.topology === null) return problemsResult(read.problems, context.terminal);
    const { environment, clock, pause, terminal } = context;
    const topology = read?.topology ? { topology: read.topology, problems: read.problems } : null;
    const target = await targetOf(context, options);
    const findings = await look({ target, clock, environment, topology, pause });
    const count = (state: FindingState): number => findings.filter((finding) => finding.state === state).length;
    const summary = {
      errors: count('error'),
      warnings: count('warning'),
      skipped: count('skipped'),
      ok: count('ok'),
    };
    const told = [many(summary.errors, 'error'), many(summary.warnings, 'warning')];
    const counts = [...told, `${summary.skipped} not checked`, `${summary.ok} ok`].join(', ');
    return {
      exitCode: summary.errors > 0 ? 1 : 0,
      document: { ok: summary.errors === 0, findings: findings.map((finding: Finding) => ({ ...finding })), summary },
      text: `${findingTable(findings, terminal)}${counts}.\n`,
    };
  },
};

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
