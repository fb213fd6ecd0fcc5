/** XML in and out, for SMQ and OSS: a page of escaping, and a parser kept within bounds. */
import { XMLParser } from 'fast-xml-parser';

export type XmlNode = readonly [name: string, content: string | number | boolean | readonly XmlNode[]];

export const xmlDocument = (node: XmlNode, attributes = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement(node, attributes)}`;

function xmlElement([name, content]: XmlNode, attributes = ''): string {
  const inner = Array.isArray(content)
    ? content.map((child) => xmlElement(child)).join('')
    : escapeXml(String(content));
  return `<${name}${attributes}>${inner}</${name}>`;
}

/** Control characters that XML 1.0 cannot carry are dropped: an object's key may hold them. */
const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');

/** `lists`: elements that are arrays even where one stands alone. Texts stay texts: receipt handles look like numbers. */
export function xmlReader(lists: readonly string[]): (text: string) => unknown {
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    trimValues: false,
    // Numeric references come with them: ali-oss writes an apostrophe as `&#39;`.
    htmlEntities: true,
    isArray: (name) => lists.includes(name),
  });
  return (text) => {
    // No service of the cloud takes a document type, and every attack on parsers begins with one.
    if (text.includes('<!DOCTYPE')) throw new SyntaxError('a document type is not allowed');
    return parser.parse(text, true);
  };
}
