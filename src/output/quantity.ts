/** An amount of a resource as Kubernetes writes it: `100m`, `2`, `1.5Gi`, `3e3`. */
export interface Quantity {
  /** Digits without the point. */
  digits: bigint
  /** Power of ten that the digits are multiplied with, */
  exponent: number
  /** and the power of two. */
  shift: number
}

const DECIMAL: Readonly<Record<string, number>> = {n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18}
const BINARY: Readonly<Record<string, number>> = {Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60}

const FORM = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/

/** `undefined` for a text that is not a quantity (k8s.io/apimachinery pkg/api/resource/quantity.go). */
export const parseQuantity = (text: string): Quantity | undefined => {
  const match = FORM.exec(text)
  if (!match) return undefined
  const [, sign = '', number = '', suffix = '', exponent] = match
  const [whole = '', fraction = ''] = number.split('.')
  return {
    digits: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}` || '0'),
    exponent: (exponent === undefined ? (DECIMAL[suffix] ?? 0) : Number(exponent)) - fraction.length,
    shift: BINARY[suffix] ?? 0,
  }
}

/** Negative when the first amount is smaller, 0 when they are the same. */
export const compareQuantities = (a: Quantity, b: Quantity): number => {
  const lowest = Math.min(a.exponent, b.exponent)
  const scaled = ({digits, exponent, shift}: Quantity): bigint =>
    (digits * 10n ** BigInt(exponent - lowest)) << BigInt(shift)
  const difference = scaled(a) - scaled(b)
  return difference < 0n ? -1 : Number(difference > 0n)
}
