/** A drafted file as text that people read on, with what it could not say above it. */
import { stringify } from 'yaml';
import type { TopologyFile } from '../topology/file-schema';

export interface Written {
  file: TopologyFile;
  network: string;
  cen: string;
  unsaid: readonly string[];
}

const WIDTH = 110;

export function writeTopology({ file, network, cen, unsaid }: Written): string {
  const head = [
    `# ${network}, as it stands around ${cen}: written by \`trunkline import\`.`,
    '# What stands under adopt becomes Trunkline’s when this is applied: changed and removed by later revisions, as if it',
    '# had made it. Leave out what shall stay yours.',
    ...(unsaid.length > 0 ? ['#', '# Not said here:'] : []),
    ...unsaid.map((line) => `# - ${line.replace(/[\r\n]+/g, ' ')}`),
  ];
  return `${head.join('\n')}\n${stringify(file, { lineWidth: WIDTH })}`;
}
