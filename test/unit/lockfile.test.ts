import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Entry = Record<string, unknown>;
type Packages = Record<string, Entry>;

/** What is said of our own files where `change` has been at them. */
function said(change: (packages: Packages, manifest: { dependencies: Record<string, string> }) => void): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-lockfile-'));
  try {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    change(lockfile.packages, manifest);
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfile));
    const { stderr, status } = spawnSync(process.execPath, ['scripts/lockfile.mjs', folder], { encoding: 'utf8' });
    const lines = stderr.split('\n').filter(Boolean);
    expect(status).toBe(lines.length === 0 ? 0 : 1);
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const YAML = 'node_modules/yaml';
const edit = (packages: Packages, changes: Entry): void => {
  packages[YAML] = { ...packages[YAML], ...changes };
};

test('ours is as it should be, and `verify` asks', () => {
  expect(said(() => undefined)).toEqual([]);
  expect(readFileSync('scripts/verify.mjs', 'utf8')).toContain("['scripts/lockfile.mjs']");
});

describe('a lockfile that somebody changed is refused', () => {
  test.each<[string, Parameters<typeof said>[0], string]>([
    ['no digest', (packages) => edit(packages, { integrity: undefined }), `${YAML} has no SHA-512 digest`],
    [
      'a weak digest',
      (packages) => edit(packages, { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }),
      `${YAML} has no SHA-512 digest`,
    ],
    [
      'another registry',
      (packages) => edit(packages, { resolved: 'https://registry.npmjs.org.evil.example/yaml.tgz' }),
      `${YAML} comes from https://registry.npmjs.org.evil.example/yaml.tgz`,
    ],
    [
      'another package of the registry',
      (packages) => edit(packages, { name: 'evil', resolved: 'https://registry.npmjs.org/evil/-/evil-2.9.1.tgz' }),
      `${YAML} comes from https://registry.npmjs.org/evil/-/evil-2.9.1.tgz`,
    ],
    [
      'another version than it says',
      (packages) => edit(packages, { resolved: 'https://registry.npmjs.org/yaml/-/yaml-1.0.0.tgz' }),
      `${YAML} comes from https://registry.npmjs.org/yaml/-/yaml-1.0.0.tgz`,
    ],
    [
      'a folder of this machine',
      (packages) => edit(packages, { link: true, resolved: '../evil', integrity: undefined }),
      `${YAML} is a link to ../evil`,
    ],
    [
      'a repository',
      (packages) => edit(packages, { resolved: 'git+ssh://git@github.com/evil/yaml.git' }),
      `${YAML} comes from git+ssh://git@github.com/evil/yaml.git`,
    ],
    [
      'a script that runs at installation',
      (packages) => edit(packages, { hasInstallScript: true }),
      `${YAML} runs a script when it is installed`,
    ],
  ])('%s', (_what, change, finding) => {
    expect(said(change)).toEqual([`package-lock.json: ${finding}`]);
  });

  test('an empty one', () => {
    const emptied = (packages: Packages): void => {
      for (const path of Object.keys(packages)) delete packages[path];
    };
    expect(said(emptied)).toEqual(['package-lock.json: it names no package']);
  });

  test('a version that is not pinned', () => {
    expect(said((_packages, manifest) => Object.assign(manifest.dependencies, { yaml: '^2.9.1' }))).toEqual([
      'package.json: yaml is not pinned: ^2.9.1',
    ]);
  });
});
