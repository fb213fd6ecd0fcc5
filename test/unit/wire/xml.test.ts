import { xmlDocument, xmlReader } from '../../../local/wire/xml';

test('texts are escaped, and what XML cannot carry is dropped', () => {
  expect(xmlDocument(['A', [['B', 'a<b>&"c"\u0001\r']]])).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<A><B>a&lt;b&gt;&amp;&quot;c&quot;&#13;</B></A>',
  );
});

test('texts stay texts: no numbers, no trimming, entities undone', () => {
  expect(xmlReader([])('<A><B>007</B><C> x &amp; &lt;y&gt; &#39;&#x41; &amp;lt; </C><D/></A>')).toEqual({
    A: { B: '007', C: " x & <y> 'A &lt; ", D: '' },
  });
});

test('a list of one is a list', () => {
  expect(xmlReader(['B'])('<A><B>1</B></A>')).toEqual({ A: { B: ['1'] } });
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><A>&b;</A>'],
  ['an element that does not end', '<A><B></A>'],
])('%s is refused', (_, text) => {
  expect(() => xmlReader([])(text)).toThrow();
});
