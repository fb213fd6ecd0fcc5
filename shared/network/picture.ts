/**
 * The network as a picture of 80 columns: offices on the left, their tunnels, the VPCs with what runs in them, and
 * the backbone that joins them on the right. Drawn from the topology: what is meant, not what is there.
 */
import { formatPort, type Office, type Topology, type Vpc } from '../topology/topology';
import { WIDTH } from './wrap-text';

const OFFICE = 28;
const TUNNEL = 4;
const BOX = 36;
const GAP = 3;
const BACKBONE = 7;
const MOST_OFFICES = 6;
const MOST_APPLICATIONS = 4;
const MOST_VPCS = 8;
const MOST_LINKS = 12;

export function drawNetwork(topology: Topology): string {
  const vpcs = topology.vpcs.slice(0, MOST_VPCS);
  const joined = topology.vpcs.length > 1;
  const blocks = vpcs.map((vpc) => drawVpc(topology, vpc, joined));
  const body = blocks.flatMap((block, index) => (index === 0 ? block : [blank(joined), ...block]));
  const left = topology.vpcs.length - vpcs.length;
  const lines = joined ? frameBackbone(body) : body;
  if (left > 0) lines.push('', `… and ${left} more VPCs with their offices`);
  lines.push('', ...legend(topology, joined));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** Offices, tunnels and box of one VPC, side by side, each centred on the same row. */
function drawVpc(topology: Topology, vpc: Vpc, joined: boolean): string[] {
  const offices = officeLines(topology.offices.filter((office) => office.vpc === vpc.name));
  const box = boxLines(vpc, offices.length > 0);
  const height = Math.max(offices.length, box.length);
  const officesTop = Math.floor((height - offices.length) / 2);
  const boxTop = Math.floor((height - box.length) / 2);
  const joint = Math.floor(height / 2);
  return Array.from({ length: height }, (_, row) => {
    const office = offices[row - officesTop];
    const tunnel = tunnelAt({ row, joint, top: officesTop, count: offices.length });
    const inside = box[row - boxTop] ?? ' '.repeat(BOX);
    const docked = row === joint ? dock(inside, offices.length > 0, joined) : inside;
    const rail = joined ? `${(row === joint ? '─' : ' ').repeat(GAP)}${row === joint ? '┤' : '│'}` : '';
    return `${(office ?? '').padEnd(OFFICE)}${tunnel}${docked}${rail}`;
  });
}

function officeLines(offices: readonly Office[]): string[] {
  const shown = offices.length > MOST_OFFICES ? offices.slice(0, MOST_OFFICES - 1) : offices;
  const lines = shown.map(({ name, cidrs }) => {
    const [first = '', ...more] = cidrs;
    const blocks = more.length > 0 ? `${first} +${more.length}` : first;
    return ` ${toWidth(name, OFFICE - blocks.length - 3)} ${blocks} `;
  });
  return shown.length < offices.length
    ? [...lines, ` … ${offices.length - shown.length} more offices `.padEnd(OFFICE)]
    : lines;
}

/** `══╗`, `══╣`, `══╝` where offices come in, `╠` where the bundle enters the gateway: one glyph from its four arms. */
function tunnelAt({ row, joint, top, count }: { row: number; joint: number; top: number; count: number }): string {
  if (count === 0) return ' '.repeat(TUNNEL);
  const bottom = top + count - 1;
  const first = Math.min(top, joint);
  const last = Math.max(bottom, joint);
  const west = row >= top && row <= bottom;
  const east = row === joint;
  const glyph =
    GLYPHS[
      `${west ? 'w' : ''}${east ? 'e' : ''}${row > first && row <= last ? 'n' : ''}${row >= first && row < last ? 's' : ''}`
    ];
  return `${west ? '══' : '  '}${glyph ?? ' '}${east ? '═' : ' '}`;
}

const GLYPHS: Readonly<Record<string, string>> = {
  we: '═',
  ws: '╗',
  wn: '╝',
  wns: '╣',
  es: '╔',
  en: '╚',
  ens: '╠',
  wes: '╦',
  wen: '╩',
  wens: '╬',
  ns: '║',
};

function boxLines(vpc: Vpc, hasGateway: boolean): string[] {
  const shown = vpc.applications.slice(0, MOST_APPLICATIONS);
  const rest = vpc.applications.length - shown.length;
  const title = `┌ ${shorten(vpc.name, BOX - vpc.region.length - 7)} `;
  return [
    `${title}${'─'.repeat(BOX - title.length - vpc.region.length - 3)} ${vpc.region} ┐`,
    boxLine(vpc.cidrs.join(', '), hasGateway ? `VPN ${vpc.gateway.bandwidthMbps} Mbit/s` : ''),
    ...shown.map(({ name, ports }) => boxLine(`• ${name}`, ports.map(formatPort).join(' '))),
    ...(rest > 0 ? [boxLine(`  … ${rest} more applications`, '')] : []),
    `└${'─'.repeat(BOX - 2)}┘`,
  ];
}

function boxLine(left: string, right: string): string {
  const room = BOX - 4;
  const kept = shorten(right, Math.floor(room / 2));
  return `│ ${toWidth(left, room - kept.length - 1)} ${kept} │`;
}

/** Where the tunnels enter a box and the attachment leaves it. */
const dock = (line: string, tunnels: boolean, joined: boolean): string =>
  `${tunnels ? (line.startsWith('│') ? '╡' : line.slice(0, 1)) : line.slice(0, 1)}${line.slice(1, -1)}${joined && line.endsWith('│') ? '├' : line.slice(-1)}`;

const blank = (joined: boolean): string => (joined ? `${' '.repeat(OFFICE + TUNNEL + BOX + GAP)}│` : '');

/** Closes the rail that every row ends with into one box, and writes its name in the middle. */
function frameBackbone(rows: readonly string[]): string[] {
  const middle = Math.floor(rows.length / 2);
  const indent = ' '.repeat(OFFICE + TUNNEL + BOX + GAP);
  const inside = BACKBONE - 2;
  return [
    `${indent}┌${'─'.repeat(inside)}┐`,
    ...rows.map((row, index) => `${row}${index === middle ? ' CEN ' : ' '.repeat(inside)}│`),
    `${indent}└${'─'.repeat(inside)}┘`,
  ];
}

function legend({ backbone, offices }: Topology, joined: boolean): string[] {
  const lines = offices.length > 0 ? [' ══ IPsec tunnels, two a connection'] : [];
  if (!joined) return lines;
  lines.push(
    ` ── ${backbone.edition === 'basic' ? 'attached networks (basic edition)' : 'attachments to transit routers'}`,
  );
  const shown = backbone.links.slice(0, MOST_LINKS);
  for (const { regions, bandwidthMbps, crossBorder } of shown)
    lines.push(
      ` ${regions.join(' ↔ ')}  ${bandwidthMbps} Mbit/s${crossBorder ? ", across mainland China's border" : ''}`,
    );
  if (backbone.links.length > shown.length) lines.push(` … and ${backbone.links.length - shown.length} more links`);
  return lines.map((line) => line.slice(0, WIDTH));
}

const toWidth = (text: string, width: number): string => shorten(text, width).padEnd(width);

const shorten = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
