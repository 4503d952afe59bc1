import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkExample, type ExampleCheck } from '../../src/proposal/example/check-example.js';

const HEADER = 'Personeelsnummer;Voornaam;Tussenvoegsel;Achternaam;E-mail;Vestiging;Afdeling;In dienst';
const ANN = '0012;Anna;;Bakker;anna@korenaar.example;Tilburg;Bakery;2020-01-31';
const BRAM = '0013;Bram;de;Citroen;bram@korenaar.example;Zwolle;Finance;2021-02-28';

function check(...lines: readonly string[]): ExampleCheck {
  return checkExample(Buffer.from(lines.join('\r\n')));
}

function wrong({ findings }: ExampleCheck): readonly string[] {
  return findings
    .filter(({ level }) => level === 'wrong')
    .map(({ column, text }) => (column ? `${column}: ${text}` : text));
}

function texts(result: ExampleCheck): string {
  return result.findings.map(({ text }) => text).join('\n');
}

describe('an example record of two rows', () => {
  it('is usable, and what was found in order is said too', () => {
    const result = check(HEADER, ANN, BRAM);
    expect(wrong(result)).toEqual([]);
    expect(result).toMatchObject({ usable: true, rows: 2 });
    expect(result.columns).toEqual(HEADER.split(';'));
    expect(texts(result)).toContain('2 row(s) of 8 columns, separated by semicolons, as utf-8');
    expect(result.findings.every(({ level }) => level === 'good')).toBe(true);
  });

  it('of one row is usable as well', () => expect(check(HEADER, ANN).usable).toBe(true));

  it('never repeats a cell in what it says', () => {
    const broken = [
      '1.23E+05;Anna;;Bakker;anna.at.korenaar;Tilburg;Bakery;31-01-2020',
      '1.23E+05;Br\ufffdm;de;Citroen;x;Zwolle;Finance;2021/02/28;extra',
      ANN,
      ANN,
    ];
    const result = check(HEADER, ...broken);
    expect(result.usable).toBe(false);
    const cells = broken.flatMap((row) => row.split(';')).filter((cell) => cell.length > 2 && cell !== '1.23E+05');
    for (const cell of cells) expect(JSON.stringify(result)).not.toContain(cell);
  });
});

describe('a file that is no text', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  const ole = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(500)]);
  const zip = (name: string) =>
    Buffer.concat([
      Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]),
      Buffer.alloc(16),
      Buffer.from([name.length, 0, 0, 0]),
      Buffer.from(name),
      deflateRawSync('x'),
    ]);

  it.each([
    ['a picture (PNG)', png],
    ['a picture (JPEG)', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['a picture (GIF)', Buffer.from('GIF89a\u0001\u0000')],
    ['a PDF document', Buffer.from('%PDF-1.7\n%\u00e2')],
    ['an Excel workbook (.xlsx)', zip('xl/workbook.xml')],
    ['a Word document (.docx)', zip('word/document.xml')],
    ['a zip archive', zip('record.csv')],
    ['an old Excel workbook (.xls)', ole],
    ['an old Word document (.doc)', Buffer.concat([ole, Buffer.from('WordDocument', 'utf16le')])],
    ['a web page, perhaps called .xls', Buffer.from('<html><body><table><tr><td>Nr</td></tr></table></body></html>')],
    ['an XML document', Buffer.from('\ufeff<?xml version="1.0"?><Workbook/>')],
    ['a JSON document', Buffer.from('[{"id": 1}]')],
  ])('is recognised as %s, with how to deliver instead', (what, bytes) => {
    const result = checkExample(bytes);
    expect(result).toMatchObject({ usable: false, rows: 0, columns: [] });
    expect(result.findings).toHaveLength(1);
    expect(result.findings[0]?.text).toMatch(
      new RegExp(`^The file is ${what.replace(/[()]/g, '\\$&')}, which cannot be read\\. .*(CSV|rows)`, 's'),
    );
  });

  it('of any bytes is answered, and nothing is thrown', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(100),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"'),
      Buffer.from('BMI;Name\n1;Anna'),
      Buffer.from('PK;Name\n1;Anna'),
    ]) {
      expect(checkExample(bytes).usable).toBe(false);
    }
    expect(texts(checkExample(Buffer.from('PK;Name\n1;x')))).not.toContain('archive');
  });
});

describe('what is wrong with an example record', () => {
  it.each([
    ['an empty file', [''], 'The file is empty'],
    ['a header alone', [HEADER], 'There is a header and no employee below it'],
    ['a missing header', [ANN, BRAM], 'the header is missing'],
    ['a title above the header', ['Export of 1 January', HEADER, ANN, BRAM], 'looks like a title'],
    ['rows in quotes as a whole', [HEADER, ANN].map((line) => `"${line}"`), 'Every row is a single cell'],
    [
      'a separator that is none',
      [HEADER, ANN].map((line) => line.replaceAll(';', ' ^ ')),
      'Every row is a single cell',
    ],
    ['cells too few', [HEADER, '0012;Anna;Bakker', BRAM], 'Row 2: fewer cells than the header'],
    ['cells too many', [HEADER, ANN, `${BRAM};x`], 'Row 3: more cells than the header'],
    ['a quote inside a cell', [HEADER, ANN.replace('Tilburg', '"a"b'), BRAM], 'a double quote inside a cell'],
    ['an empty id', [HEADER, ANN.replace('0012', ' '), BRAM], 'Personeelsnummer: Row 2: the id is empty.'],
    ['an id destroyed by a spreadsheet', [HEADER, ANN.replace('0012', '1.23E+05'), BRAM], 'scientific notation'],
    [
      'a malformed e-mail address',
      [HEADER, ANN, BRAM.replace('@', ' at ')],
      'E-mail: Row 3: this is no e-mail address.',
    ],
    [
      'damaged letters',
      [HEADER, ANN.replace('Anna', 'Zo\ufffd'), BRAM],
      'Voornaam: Row 2: letters with accents were damaged',
    ],
    ['letters read in the wrong encoding', [HEADER, ANN.replace('Anna', 'ZoÃ«'), BRAM], 'were damaged'],
    ['an error of a spreadsheet', [HEADER, ANN.replace('Tilburg', '#N/A'), BRAM], 'an error of a spreadsheet'],
    [
      'a column name that stands twice',
      [HEADER.replace('Afdeling', 'Vestiging'), ANN, BRAM],
      'Vestiging: This name stands in the header more than once',
    ],
    [
      'no id',
      ['Voornaam;Achternaam;E-mail', 'Anna;Bakker;anna@korenaar.example'],
      'There is no column with an id for each employee',
    ],
    [
      'no e-mail address',
      ['Personeelsnummer;Voornaam;Achternaam', '0012;Anna;Bakker'],
      'No column has e-mail addresses',
    ],
    ['a file that is cut off', [HEADER, '0012;"Anna'], 'opens a quote that is never closed'],
  ] as const)('%s', (_, lines, text) => {
    const result = check(...lines);
    expect(wrong(result).join('\n')).toContain(text);
    expect(result.usable).toBe(false);
  });

  it('says nothing of its first row when the header is missing', () => {
    expect(check(ANN, BRAM)).toMatchObject({ columns: [] });
    expect(JSON.stringify(check(ANN, BRAM))).not.toContain('Bakker');
  });
});

describe('what somebody should look at', () => {
  it.each([
    ['the same id twice', [HEADER, ANN, ANN], 'Row 3: the id stood in a row above already'],
    [
      'dates in several forms in one column',
      [HEADER, ANN, BRAM.replace('2021-02-28', '28/02/2021')],
      'written in 2 ways (DD/MM/YYYY, YYYY-MM-DD)',
    ],
    [
      'dates in several forms in the file',
      [`${HEADER};Uit dienst`, `${ANN};31.12.2030`, `${BRAM};`],
      'Dates are written in several ways',
    ],
    [
      'a whole name in one column',
      ['Personeelsnummer;Naam;E-mail', '0012;Anna Bakker;anna@korenaar.example'],
      'which cannot be taken apart',
    ],
    [
      'no location',
      ['Personeelsnummer;Voornaam;Achternaam;E-mail', '0012;Anna;Bakker;anna@korenaar.example'],
      'No column is certain to hold locations or departments',
    ],
  ] as const)('%s', (_, lines, text) => {
    const result = check(...lines);
    expect(texts(result)).toContain(text);
    expect(result.usable).toBe(true);
  });

  it('is a missing e-mail address, where people are invited in another way', () => {
    const file = 'Personeelsnummer;Voornaam;Achternaam;Mobiel\n0012;Anna;Bakker;+31 6 12345678\n';
    expect(checkExample(file, { audiences: ['letter'] }).usable).toBe(true);
    expect(checkExample(file, { audiences: ['email', 'sms'] }).usable).toBe(true);
    expect(wrong(checkExample(file, { audiences: ['sso'] })).join()).toContain('UPN');
  });
});
