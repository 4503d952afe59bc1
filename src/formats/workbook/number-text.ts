/**
 * A number as a sheet shows it without a format: 15 digits, no exponent, no `.0`. A whole number that is written out stays as
 * it is, however long: it is somebody's id. What is no number comes back as it is.
 */
export function numberText(written: string): string {
  if (/^-?(?:0|[1-9]\d*)$/.test(written)) return written === '-0' ? '0' : written;
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return written;
  return withoutExponent(value.toPrecision(15));
}

function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  const point = whole.length + Number(exponent);
  const digits = point < 1 ? '0'.repeat(1 - point) + whole + fraction : (whole + fraction).padEnd(point, '0');
  const before = digits.slice(0, Math.max(point, 1)).replace(/^0+(?=\d)/, '');
  const behind = digits.slice(Math.max(point, 1)).replace(/0+$/, '');
  if (behind !== '') return `${sign}${before}.${behind}`;
  return before === '0' ? '0' : sign + before;
}
