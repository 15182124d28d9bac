/**
 * The texts of `Warning: 299 - "text"` headers (RFC 7234 5.5, as apimachinery pkg/util/net/http.go ParseWarningHeaders
 * reads them). Other codes and malformed parts are left out.
 */
export const warningTexts = (header: string | undefined): string[] =>
  header === undefined
    ? []
    : [...header.matchAll(/(?:^|,\s*)(\d{3}) \S+ "((?:[^"\\]|\\.)*)"/g)]
        .filter(([, code]) => code === '299')
        .map(([, , text = '']) => text.replace(/\\(.)/g, '$1'))
