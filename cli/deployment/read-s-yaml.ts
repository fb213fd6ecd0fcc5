/**
 * The project's s.yaml, read and checked more strictly than Serverless Devs does: what the component ignores, the
 * account refuses or, worse, takes. All problems at once, each with its place.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Environment } from '../../shared/config';
import { TrunklineError } from '../../shared/errors';
import type { Json, JsonObject } from '../../shared/json';
import type { Problem } from '../../shared/problem';
import { error, type Finding, type Path } from '../../shared/topology/finding';
import { parseDocument } from '../../shared/topology/parse-document';
import { type Place, type PlaceTree, placeOf } from '../../shared/topology/places';
import { printable } from '../../shared/topology/tell-problems';
import { projectFolder } from '../project-folder';
import { checkDeployments } from './check-deployments';
import { type Deployment, propsSchema } from './deployment';
import { expandVariables, type Told } from './expand-variables';
import { findKeys } from './find-keys';

export interface SYamlOptions {
  text: string;
  /** As problems name it. */
  file: string;
  /** Where `./dist/…` begins. */
  folder: string;
  environment: Environment;
  accountId: string;
  fileExists(path: string): boolean;
}

const command = z.strictObject({ run: z.string().min(1), path: z.string().optional() });

const rootSchema = z.strictObject({
  edition: z.literal('3.0.0'),
  name: z.string().min(1),
  access: z.string().min(1),
  vars: z.record(z.string(), z.json()),
  actions: z.strictObject({ 'pre-deploy': z.array(command).min(1) }),
  resources: z.record(z.string(), z.strictObject({ component: z.string().min(1), props: propsSchema })),
});

/** A hundred functions fit. */
const LONGEST = 262_144;
/** 26,000 keys that nobody knows are one mistake. */
const MOST_PROBLEMS = 100;

/** `deployments` is null exactly where there are problems. */
export function readSYaml(options: SYamlOptions): { deployments: Deployment[] | null; problems: Problem[] } {
  const { text, file, folder } = options;
  const problems = new Map<string, Problem>();
  const unexpanded = new Set<string>();
  const tell = ({ line, column }: Place, { code, message, remedy }: Told): void => {
    if (problems.size >= MOST_PROBLEMS) return;
    const problem: Problem = { severity: 'error', code, message: printable(message), remedy, file, line, column };
    problems.set(JSON.stringify(problem), problem);
  };
  const refused = () => ({
    deployments: null,
    problems: [...problems.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  });
  if (text.length > LONGEST) {
    const message = `the file has more than ${LONGEST} characters`;
    tell({ line: 1, column: 1 }, { code: 'too-long', message, remedy: 'Shorten it.' });
    return refused();
  }
  const parsed = parseDocument(text, file);
  if ('problems' in parsed) return { deployments: null, problems: parsed.problems };
  const expanded = expandVariables(parsed.document, options, (place, told) => {
    unexpanded.add(placeKey(place));
    if (told) tell(place, told);
  });
  const tellFinding = ({ path, atKey = false, ...told }: Finding): void => {
    // A key that stands in the resource itself is told there, whatever variable its value is.
    const places = atKey && leadsOn(parsed.document.places, path) ? parsed.document.places : expanded.places;
    const place = placeOf(places, path, atKey);
    // What could not be expanded has been told; what follows from it has not to be.
    if (!unexpanded.has(placeKey(place))) tell(place, told);
  };
  for (const finding of findKeys(parsed.document.value))
    tell(placeOf(parsed.document.places, finding.path, false), finding);
  const root = rootSchema.safeParse(expanded.value);
  if (!root.success) for (const finding of root.error.issues.flatMap(findingsOf)) tellFinding(finding);
  const resources = mapping(mapping(expanded.value).resources);
  if (root.success)
    for (const finding of [...checkActions(root.data), ...checkComponents(root.data, options.environment)])
      tellFinding(finding);
  const deployments = Object.entries(resources).flatMap(([name, resource]) => deploymentOf(name, resource, folder));
  const found = { deployments, resources: Object.keys(resources) };
  for (const finding of checkDeployments({ ...options, ...found })) tellFinding(finding);
  return problems.size > 0 ? refused() : { deployments, problems: [] };
}

type Root = z.infer<typeof rootSchema>;

/** The functions find nothing that bootstrap has not made, and it is itself built. */
function checkActions({ actions }: Root): Finding[] {
  const commands = actions['pre-deploy'].map(({ run }) => run);
  const [build, bootstrap] = BEFORE.map((one) => commands.indexOf(one));
  if (build !== undefined && bootstrap !== undefined && build >= 0 && bootstrap > build) return [];
  return [
    error(['actions', 'pre-deploy'], {
      code: 'pre-deploy',
      message: `before a deployment stand ${BEFORE.join(', then ')}`,
      remedy: 'Put both there, in this order: functions and triggers need what they make.',
    }),
  ];
}

const BEFORE = ['npm run build', 'node dist/cli/trunkline.js bootstrap'] as const;

/** By name, with or without a version, or where FC_COMPONENT says: another one would send something else. */
function checkComponents({ resources }: Root, { FC_COMPONENT }: Environment): Finding[] {
  return Object.entries(resources).flatMap(([name, { component }]) =>
    component === FC_COMPONENT || /^fc3(@\d+(\.\d+)*)?$/.test(component)
      ? []
      : [
          error(['resources', name, 'component'], {
            code: 'component',
            message: `${component} is not the component fc3`,
            remedy: "Write ${env('FC_COMPONENT', 'fc3')}.",
          }),
        ],
  );
}

/** Those whose own schema holds: they are checked on, whatever is wrong elsewhere. */
function deploymentOf(name: string, resource: Json, folder: string): Deployment[] {
  const props = propsSchema.safeParse(mapping(resource).props);
  return props.success ? [{ name, codeFolder: resolve(folder, props.data.code), props: props.data }] : [];
}

function findingsOf(issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      error([...path, key], {
        code: 'unknown-key',
        message: `${nameOf(path)} has no key ${key}, or the project does not use it`,
        remedy: 'Remove it, or correct its name: the component would pass over it in silence.',
        atKey: true,
      }),
    );
  const remedy = 'Correct it: cli/deployment/deployment.ts says what may stand there.';
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const message = `${nameOf(path)} is none of oss, http, timer, eventbridge`;
    return [error(path, { code: 'invalid-value', message, remedy: 'The project uses these four types of triggers.' })];
  }
  return [error(path, { code: 'invalid-value', message: `${nameOf(path)}: ${issue.message}`, remedy })];
}

/** Without the way there: one mistake in a variable is told once, however often it is used. */
const nameOf = (path: Path): string => String(path.findLast((part) => typeof part === 'string') ?? 'the file');

const leadsOn = (places: PlaceTree, path: Path): boolean => {
  let at: PlaceTree | undefined = places;
  for (const part of path) at = at?.children?.get(part);
  return at !== undefined;
};

const placeKey = ({ line, column }: Place): string => `${line}:${column}`;

const mapping = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** The project's own, for whoever deploys it. Throws InputInvalid with all problems. */
export function readProjectDeployments(
  options: Pick<SYamlOptions, 'environment' | 'accountId'> & Partial<Pick<SYamlOptions, 'fileExists'>>,
): Deployment[] {
  const folder = projectFolder();
  const file = 's.yaml';
  const text = readFileSync(join(folder, file), 'utf8');
  const { deployments, problems } = readSYaml({ fileExists: existsSync, ...options, text, file, folder });
  if (deployments) return deployments;
  const lines = problems.map(({ line, column, message, remedy }) => `${file}:${line}:${column}: ${message}. ${remedy}`);
  throw new TrunklineError('InputInvalid', `s.yaml cannot be deployed\n${lines.join('\n')}`);
}
