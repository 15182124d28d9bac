import {type KubeObject, type Manifest} from '../core/object.js'
import {type Step} from '../core/plan.js'
import {isRecord} from '../core/read.js'

/** What is shown in place of a value. It is no base64, so a masked manifest cannot be applied by mistake. */
export const MASK = '***'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * A value of a Secret that cannot print itself: neither as text, nor in JSON, nor in what Node shows of objects. It travels
 * through facts and plans, and is laid open only by the executor, or for `--show-secrets`.
 */
export class SecretValue {
  readonly #base64: string

  private constructor(base64: string) {
    this.#base64 = base64
  }

  /** As the API keeps it. */
  static fromBase64(base64: string): SecretValue {
    return new SecretValue(base64.replace(/\s/g, ''))
  }

  static fromText(text: string): SecretValue {
    let binary = ''
    for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
    return new SecretValue(btoa(binary))
  }

  /** Length in bytes. */
  get size(): number {
    return Math.floor((this.#base64.replace(/=+$/, '').length * 3) / 4)
  }

  same(other: SecretValue | undefined): boolean {
    return other !== undefined && other.#base64 === this.#base64
  }

  /** The value itself, in base64. */
  reveal(): string {
    return this.#base64
  }

  /** The value itself, as text; for those who read its form. What is no base64 is empty. */
  revealText(): string {
    try {
      return new TextDecoder().decode(Uint8Array.from(atob(this.#base64), (char) => char.charCodeAt(0)))
    } catch {
      return ''
    }
  }

  toString(): string {
    return MASK
  }

  toJSON(): string {
    return MASK
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `SecretValue(${MASK})`
  }
}

/** A Secret, or a Manifest of one. */
export const isSecret = ({apiVersion, kind}: {apiVersion?: unknown; kind?: unknown}): boolean =>
  apiVersion === 'v1' && kind === 'Secret'

const eachValue = (data: unknown, change: (value: unknown) => unknown): unknown =>
  isRecord(data) && !(data instanceof SecretValue)
    ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, change(value)]))
    : data

const withValues = (
  object: KubeObject,
  ofData: (value: unknown) => unknown,
  ofText: (value: unknown) => unknown,
  annotation: (text: string) => string,
): KubeObject => {
  if (!isSecret(object)) return object
  const {annotations} = object.metadata
  const applied = annotations?.[LAST_APPLIED]
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(applied === undefined ? {} : {annotations: {...annotations, [LAST_APPLIED]: annotation(applied)}}),
    },
    ...('data' in object ? {data: eachValue(object['data'], ofData)} : {}),
    ...('stringData' in object ? {stringData: eachValue(object['stringData'], ofText)} : {}),
  }
}

const same = <T>(value: T): T => value

/** A Secret whose values cannot print themselves any more; other objects as they are. */
export const sealed = (object: KubeObject): KubeObject =>
  withValues(
    object,
    (value) => (typeof value === 'string' ? SecretValue.fromBase64(value) : value),
    (value) => (typeof value === 'string' ? SecretValue.fromText(value) : value),
    same,
  )

const open = (value: unknown): unknown => (value instanceof SecretValue ? value.reveal() : value)

/** The Secret as the server stores it: what stands in `stringData` is written over `data`. The values are sealed. */
export const asStored = (secret: KubeObject): KubeObject => {
  const {stringData, data, ...rest} = sealed(secret)
  if (!isSecret(secret) || !isRecord(stringData)) return sealed(secret)
  return {...rest, data: {...(isRecord(data) ? data : {}), ...stringData}}
}

/** The same with its values laid open, as the API takes it. */
export const revealed = <T extends KubeObject | Manifest>(object: T): KubeObject =>
  withValues(object, open, (value) => (value instanceof SecretValue ? value.revealText() : value), same)

/** For the eyes of people and for logs: no value at all, the annotation of `kubectl apply` included. */
export const masked = (object: KubeObject): KubeObject =>
  withValues(
    object,
    () => MASK,
    () => MASK,
    () => MASK,
  )

/** A step as the executor sends it. */
export const revealedStep = (step: Step): Step => {
  switch (step.verb) {
    case 'create':
    case 'keep':
      return {...step, object: revealed(step.object)}
    case 'apply':
      return {
        ...step,
        object: revealed(step.object),
        before: step.before === undefined ? undefined : revealed(step.before),
      }
    case 'patch': {
      if (!isSecret(step.ref)) return step
      const {patch, before} = step
      return {
        ...step,
        before: revealed(before),
        patch: 'data' in patch ? {...patch, data: eachValue(patch['data'], open)} : patch,
      }
    }
    case 'delete':
      return {...step, before: revealed(step.before)}
    case 'wait':
    case 'stay-gone':
      return step
  }
}

/** The values of a Secret that was sealed, by key. */
export const valuesOf = (object: KubeObject): Record<string, SecretValue> =>
  Object.fromEntries(
    Object.entries(isRecord(object['data']) ? object['data'] : {}).filter(
      (entry): entry is [string, SecretValue] => entry[1] instanceof SecretValue,
    ),
  )
