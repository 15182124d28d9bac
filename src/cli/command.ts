import type {Config} from '@oclif/core'
import {Command} from '@oclif/core/command'
import {invalid, SflError} from '../domain/core/errors.js'
import {checkNamespace} from '../domain/core/syntax.js'
import {PromptCancelled} from '../terminal/prompts.js'
import {globalFlags, type GlobalFlagValues} from './flags/global.js'
import type {Cluster, Runtime} from './runtime.js'

/** The base of every command: it hands over the outside world and keeps oclif's own output and exits away. */
export abstract class SflCommand extends Command {
  static override baseFlags = globalFlags

  /** Runs this command; unlike oclif's Command.run() it takes the Config as it is. */
  static start<T extends SflCommand>(
    this: new (argv: string[], config: Config) => T,
    argv: string[],
    config: Config,
  ): Promise<unknown> {
    return new this(argv, config)._run()
  }

  /** The runtime travels in the Config's options. */
  get runtime(): Runtime {
    const {runtime} = this.config.options as {runtime?: Runtime}
    if (runtime === undefined) throw new Error('the command was started without a runtime')
    return runtime
  }

  get program(): string {
    return this.runtime.program
  }

  #cluster: Promise<Cluster> | undefined

  /**
   * Opens the cluster that the flags and the kubeconfig name; no request is sent yet. A command has one: what was
   * opened for a question is what the work is done with.
   */
  connect(flags: GlobalFlagValues): Promise<Cluster> {
    this.#cluster ??= this.open(flags)
    return this.#cluster
  }

  private async open(flags: GlobalFlagValues): Promise<Cluster> {
    const {namespace, kubeconfig, context, cluster, user, server, token, as} = flags
    if (namespace) checkNamespace(namespace)
    if ((flags['request-timeout'] ?? 0) < 0) throw invalid('--request-timeout cannot be negative', '0 means no limit.')
    return this.runtime.connect({
      ...present({namespace, kubeconfig, context, cluster, user, server, token, as}),
      ...present({
        tlsServerName: flags['tls-server-name'],
        insecureSkipTlsVerify: flags['insecure-skip-tls-verify'],
        certificateAuthority: flags['certificate-authority'],
        clientCertificate: flags['client-certificate'],
        clientKey: flags['client-key'],
        asUid: flags['as-uid'],
        asGroups: flags['as-group'],
        asUserExtra: extras(flags['as-user-extra']),
        requestTimeoutMs: flags['request-timeout'],
      }),
      verbosity: flags.v ?? (flags['log-http'] ? 8 : 0),
    })
  }

  /** Not under -o json, where stderr holds the Status of a failure and nothing else. */
  note(text: string, {output}: {output?: string | undefined}): void {
    if (output === 'json') return
    const {err, errPalette} = this.runtime.streams
    err(`${errPalette.cyan('note:')} ${text}\n`)
  }

  #farewell: string | undefined

  /** A note that comes when all is done, or has failed; not when a person has cancelled it. */
  sayAtEnd(text: string): void {
    this.#farewell = text
  }

  /** oclif calls it last, with what the run was ended by. */
  protected override async finally(error: Error | undefined): Promise<void> {
    const cancelled = error instanceof PromptCancelled || (error instanceof SflError && error.reason === 'Cancelled')
    if (this.#farewell !== undefined && !cancelled) this.note(this.#farewell, {})
  }

  /** oclif would warn of deprecated commands and tell http-call its name here; there is nothing of either. */
  protected override async init(): Promise<void> {}

  /** main reports errors; oclif would set the exit code of the whole process here. */
  protected override catch(error: Error): Promise<never> {
    return Promise.reject(error)
  }
}

/** `--as-user-extra k=v`, repeatable also for one key. */
const extras = (pairs: readonly string[] | undefined): Record<string, string[]> | undefined => {
  if (pairs === undefined) return undefined
  const found: Record<string, string[]> = {}
  for (const pair of pairs) {
    const [key, ...value] = pair.split('=')
    if (!key || value.length === 0) throw invalid(`--as-user-extra: "${pair}" is not KEY=VALUE`)
    ;(found[key] ??= []).push(value.join('='))
  }
  return found
}

type Present<T> = {[K in keyof T]?: Exclude<T[K], undefined>}

/** Leaves out what is undefined, for options that are present or absent. */
export const present = <T extends object>(values: T): Present<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>
