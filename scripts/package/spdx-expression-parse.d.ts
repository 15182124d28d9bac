/** The package has no types of its own. */
declare module 'spdx-expression-parse' {
  /** Throws an error for what is not an SPDX license expression. */
  export default function parse(expression: string): unknown
}
