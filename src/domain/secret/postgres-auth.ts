import {kubectl, sfl} from '../core/commands.js'
import {SECRET} from '../eventing/names.js'
import {invalid} from '../core/errors.js'
import {type Finding} from '../findings/finding.js'
import {finding, applyForce} from '../findings/catalogue.js'
import {type KubeObject, type Ref} from '../core/object.js'
import {collectFaults} from '../core/option-faults.js'
import {type Plan} from '../core/plan.js'
import {deployedServices, readPlatform} from '../sonataflow/model.js'
import {DEFAULT_PASSWORD_KEY, DEFAULT_USER_KEY, serviceObjectName} from '../sonataflow/names.js'
import {isFound, type Lookup} from '../core/seen.js'
import {checkName} from '../core/syntax.js'
import {secretStep} from './secret-plan.js'
import {platformUses} from './secret-uses.js'
import {SecretValue} from './secret-value.js'

/** Flags of `secret create-postgres-auth`, with the password already read. */
export interface PostgresAuthOptions {
  name?: string | undefined
  namespace: string
  user?: string | undefined
  password?: SecretValue | 'ask' | undefined
  passwordGiven: boolean
  userKey?: string | undefined
  passwordKey?: string | undefined
  faults: readonly string[]
}

export interface PostgresAuthRequest {
  name: string
  namespace: string
  userKey: string
  passwordKey: string
  user: SecretValue
  /** Left out when it will be asked for. */
  password?: SecretValue
}

const checkKey = (flag: string, key: string): string => {
  if (/^[-._a-zA-Z0-9]{1,253}$/.test(key) && key !== '.' && !key.startsWith('..')) return key
  throw invalid(`${flag}: "${key}" cannot be a key of a Secret: letters, digits, "-", "_" and "." only`)
}

/** Checks the flags. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readPostgresAuth = (options: PostgresAuthOptions): PostgresAuthRequest => {
  const {attempt, reject, check} = collectFaults()
  const {user, password, passwordGiven} = options
  if (options.name === undefined || options.name === '') reject('the name of the Secret is missing')
  else attempt(() => checkName(options.name ?? '', 'secret name'))
  if (user === undefined) reject('--user is missing')
  else if (user === '') reject('--user is empty')
  else if (/[\u0000-\u001f\u007f]/.test(user)) reject('--user has a control character')
  if (password === undefined && !passwordGiven) reject('the password is missing: --password-stdin or --password-file')
  options.faults.forEach(reject)
  const userKey = attempt(() => checkKey('--user-key', options.userKey ?? DEFAULT_USER_KEY)) ?? DEFAULT_USER_KEY
  const passwordKey =
    attempt(() => checkKey('--password-key', options.passwordKey ?? DEFAULT_PASSWORD_KEY)) ?? DEFAULT_PASSWORD_KEY
  if (userKey === passwordKey) reject('--user-key and --password-key are the same')
  check()
  return {
    name: options.name ?? '',
    namespace: options.namespace,
    userKey,
    passwordKey,
    user: SecretValue.fromText(user ?? ''),
    ...(password instanceof SecretValue ? {password} : {}),
  }
}

export interface PostgresAuthFacts {
  /** Sealed. */
  existing: Lookup<KubeObject>
  /** The platforms of the namespace; `absent` when the cluster has no SonataFlow. */
  platforms: Lookup<readonly KubeObject[]>
}

/** The Secret, and what the platforms of its namespace make of it. */
export const planPostgresAuth = (
  request: PostgresAuthRequest,
  {replace = false, force = false}: {replace?: boolean; force?: boolean},
  {existing, platforms}: PostgresAuthFacts,
): Plan => {
  const {namespace, name, userKey, passwordKey, user, password} = request
  const ref: Ref = {...SECRET, namespace, name}
  const made = secretStep(
    {
      namespace,
      name,
      data: {[userKey]: user, ...(password === undefined ? {} : {[passwordKey]: password})},
      governed: [userKey, passwordKey],
    },
    replace,
    existing,
  )
  const all = isFound(platforms) ? platforms : []
  const using = all.filter((platform) => platformUses(platform).some((use) => use.name === name))
  const judged = [
    ...using.flatMap((platform) => keyFindings(ref, platform, [userKey, passwordKey])),
    ...(made.replaces && replace ? using.flatMap((platform) => restartFindings(ref, platform)) : []),
  ]
  return {
    steps: [made.step],
    findings: applyForce(
      [...made.findings, ...judged, ...(using.length === 0 ? unusedFindings(ref, platforms) : [])],
      force,
    ),
  }
}

/** A platform that already names the Secret asks for keys of its own. */
const keyFindings = (ref: Ref, platform: KubeObject, keys: readonly string[]): Finding[] => {
  const asked = platformUses(platform)
    .filter((use) => use.name === ref.name)
    .flatMap((use) => use.keys ?? [])
  const missing = asked.filter((key) => !keys.includes(key))
  if (missing.length === 0) return []
  const [user = DEFAULT_USER_KEY, password = DEFAULT_PASSWORD_KEY] = asked
  return [
    finding('SFL-A17', {
      object: ref,
      message: `platform ${platform.metadata.name} asks for ${missing.join(', ')} of Secret ${ref.namespace ?? ''}/${ref.name}, which would have ${keys.join(', ')}`,
      repair: sfl(
        'secret create-postgres-auth',
        ref.name,
        '-n',
        ref.namespace ?? '',
        '--user',
        'USER',
        '--password-file',
        'FILE',
        '--user-key',
        user,
        '--password-key',
        password,
      ),
    }),
  ]
}

/** The values are environment variables of pods: they are read at their start. */
const restartFindings = (ref: Ref, object: KubeObject): Finding[] => {
  const platform = readPlatform(object)
  const deployments = deployedServices(platform).map((key) => serviceObjectName(object.metadata.name, key))
  return [
    finding('SFL-A20', {
      object: ref,
      message: `pods of platform ${object.metadata.name} keep the old values until they are restarted`,
      ...(deployments.length === 0
        ? {}
        : {
            repair: kubectl(
              '-n',
              ref.namespace ?? '',
              'rollout',
              'restart',
              ...deployments.map((name) => `deployment/${name}`),
            ),
          }),
    }),
  ]
}

const unusedFindings = (ref: Ref, platforms: Lookup<readonly KubeObject[]>): Finding[] => {
  const namespace = ref.namespace ?? ''
  const text =
    platforms === 'forbidden'
      ? undefined
      : isFound(platforms) && platforms.length > 0
        ? `no platform of namespace ${namespace} names Secret ${ref.name} yet: ${platforms.map(({metadata}) => metadata.name).join(', ')}`
        : `there is no platform in namespace ${namespace}; the Secret has to be in the namespace of the platform, not in that of the database`
  return text === undefined ? [] : [finding('SFL-A16', {object: ref, message: text})]
}
