/** The same protocols at the size of their largest requests: bounded time, and an answer of the service's own. */
import type { RawRequest } from '../../../local/wire/raw';
import { filled, large, sizeOf } from './hostile';
import { asFirstGeneration, type Protocol, type Recorded, recordedOf, signed } from './signed-requests';
import { ENTRY, holdsFor } from './wire-holds';

const like =
  (protocol: Protocol, isLike: (one: Recorded) => boolean, changes: (size: number) => Partial<Recorded>) =>
  (): RawRequest[] => {
    const one = recordedOf(protocol).find(isLike);
    if (!one) throw new Error(`no such request of ${protocol}`);
    return [signed({ ...one, ...changes(sizeOf(ENTRY[protocol])) })];
  };

const isSend = ({ method, path, query }: Recorded): boolean =>
  method === 'POST' && path.endsWith('/messages') && !query;
const isPutQueue = ({ method, path }: Recorded): boolean => method === 'PUT' && /^\/queues\/[^/]+$/.test(path);
const isDeleteObjects = ({ method, query }: Recorded): boolean =>
  method === 'POST' && (query ?? '').startsWith('delete');
const isCreate = ({ method, path }: Recorded): boolean => method === 'POST' && path === '/2023-03-30/functions';
const at = (path: string) => (one: Recorded) => one.path === path;

const XML_BOMBS: readonly [name: string, body: (size: number) => Buffer][] = [
  ['nested elements', (size) => Buffer.concat([filled(size / 2, '<a>'), filled(size / 2, '</a>')])],
  ['elements without end', (size) => filled(size, '<a>')],
  ['empty elements', (size) => filled(size, '<a/>', '<Message><MessageBody>', '</MessageBody></Message>')],
  ['references', (size) => filled(size, '&amp;', '<Message><MessageBody>', '</MessageBody></Message>')],
  ['references to nothing', (size) => filled(size, '&', '<Message><MessageBody>', '</MessageBody></Message>')],
  ['attributes', (size) => filled(size, 'a="b" ', '<Message ', '></Message>')],
  ['one long attribute', (size) => filled(size, 'a', '<Message a="', '"></Message>')],
  ['comments', (size) => filled(size, '<!---->', '<Message>', '</Message>')],
  ['comments without end', (size) => filled(size, '<!--')],
  ['sections', (size) => filled(size, '<![CDATA[]]>', '<Message><MessageBody>', '</MessageBody></Message>')],
  ['instructions', (size) => filled(size, '<?a b?>')],
  [
    'a bomb of entities',
    () => Buffer.from('<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;">]><Message>&d;</Message>'),
  ],
  ['spaces', (size) => filled(size, ' ', '<Message', '></Message>')],
  ['brackets', (size) => filled(size, '<')],
  ['messages', (size) => filled(size, '<Message><MessageBody>a</MessageBody></Message>', '<Messages>', '</Messages>')],
];

const FORM = { host: '127.0.0.1', 'content-type': 'application/x-www-form-urlencoded' };
const deep = (size: number): string => encodeURIComponent('['.repeat(size / 16) + ']'.repeat(size / 16));

/** A call with a form as large as may be. */
const form = (action: string, body: (size: number) => Buffer) => (): RawRequest[] => {
  const one = recordedOf('rpc').find(({ headers }) => headers['x-acs-action'] === action);
  if (!one) throw new Error(`no ${action} was recorded`);
  return [signed({ ...asFirstGeneration(one), method: 'POST', headers: FORM, body: body(sizeOf(ENTRY.rpc)) })];
};
const document = (action: string, parameter: string) =>
  [`${action}: nested ${parameter}`, form(action, (size) => Buffer.from(`&${parameter}=${deep(size)}`))] as const;

large(
  ENTRY.rpc,
  [
    ['one parameter again and again', form('DescribeVpcs', (size) => filled(size, '&a=b'))],
    [
      'one list',
      form('CreateCen', (size) =>
        Buffer.from(Array.from({ length: size / 16 }, (_, index) => `&Tag.${index}.Key=a`).join('')),
      ),
    ],
    [
      'one list from its first',
      form('CreateCen', (size) =>
        Buffer.from(
          Array.from({ length: Math.min(99_999, size / 16) }, (_, index) => `&Tag.${index + 1}.Key=a`).join(''),
        ),
      ),
    ],
    ['one long value', form('CreateCen', (size) => filled(size, '%25', 'Description='))],
    ['dots', form('CreateCen', (size) => filled(size, '.', 'a', '=1'))],
    ['ampersands', form('CreateCen', (size) => filled(size, '&'))],
    document('CreatePolicy', 'PolicyDocument'),
    document('CreatePolicyVersion', 'PolicyDocument'),
    document('CreateRole', 'AssumeRolePolicyDocument'),
    document('CreateVpnConnection', 'IkeConfig'),
    document('CreateVpnConnection', 'IpsecConfig'),
    document('DescribeSecurityGroups', 'SecurityGroupIds'),
    document('CreateSecret', 'SecretData'),
    document('AssumeRole', 'Policy'),
  ],
  holdsFor('rpc'),
);
large(
  ENTRY.smq,
  [
    ...XML_BOMBS.map(
      ([name, body]) => [`send: ${name}`, like('smq', isSend, (size) => ({ body: body(size) }))] as const,
    ),
    ...XML_BOMBS.map(
      ([name, body]) => [`make: ${name}`, like('smq', isPutQueue, (size) => ({ body: body(size) }))] as const,
    ),
  ],
  holdsFor('smq'),
);
large(
  ENTRY.oss,
  [
    ...XML_BOMBS.map(
      ([name, body]) => [`delete: ${name}`, like('oss', isDeleteObjects, (size) => ({ body: body(size) }))] as const,
    ),
    [
      'delete: many keys',
      like('oss', isDeleteObjects, (size) => ({
        body: filled(size, '<Object><Key>a</Key></Object>', '<Delete>', '</Delete>'),
      })),
    ] as const,
  ],
  holdsFor('oss'),
);
const nestedJson = (depth: number): string => `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;
large(
  ENTRY.fc,
  [
    [
      'nested tags',
      like('fc', isCreate, (size) => ({
        body: Buffer.from(
          `{"functionName":"x","runtime":"nodejs20","handler":"a.b","code":{"zipFile":"a"},"tags":${nestedJson(size / 16)}}`,
        ),
      })),
    ],
    [
      'nested trigger',
      like(
        'fc',
        (one) => one.method === 'POST' && one.path.endsWith('/triggers'),
        (size) => ({
          body: Buffer.from(
            `{"triggerName":"x","triggerType":"timer","triggerConfig":${JSON.stringify(nestedJson(size / 64))}}`,
          ),
        }),
      ),
    ],
    [
      'nested variables',
      like('fc', isCreate, (size) => ({
        body: Buffer.from(
          `{"functionName":"x","runtime":"nodejs20","handler":"a.b","environmentVariables":${nestedJson(size / 16)}}`,
        ),
      })),
    ],
    [
      'many variables',
      like('fc', isCreate, (size) => ({
        body: Buffer.from(
          `{"functionName":"x","runtime":"nodejs20","handler":"a.b","environmentVariables":{${Array.from({ length: size / 32 }, (_, index) => `"A${index}":"b"`).join()}}}`,
        ),
      })),
    ],
    ['brackets', like('fc', isCreate, (size) => ({ body: filled(size, '[') }))],
    [
      'many keys',
      like('fc', isCreate, (size) => ({
        body: Buffer.from(`{${Array.from({ length: size / 16 }, (_, index) => `"k${index}":1`).join()}}`),
      })),
    ],
  ],
  holdsFor('fc'),
);
large(
  ENTRY.tablestore,
  [
    ['zero bytes', like('tablestore', at('/PutRow'), (size) => ({ body: Buffer.alloc(size) }))],
    ['groups within groups', like('tablestore', at('/PutRow'), (size) => ({ body: Buffer.alloc(size, 0x0b) }))],
    [
      'a length that lies',
      like('tablestore', at('/PutRow'), () => ({ body: Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]) })),
    ],
    ['many small fields', like('tablestore', at('/BatchGetRow'), (size) => ({ body: filled(size, '\u000a\u0000') }))],
    [
      'a field that nobody knows',
      like('tablestore', at('/GetRange'), (size) => ({ body: filled(size, '\u007a\u0000') })),
    ],
  ],
  holdsFor('tablestore'),
);
