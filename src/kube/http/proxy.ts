import {BlockList, isIP} from 'node:net'

type Env = Readonly<Record<string, string | undefined>>

/**
 * The proxy that the environment asks for, as Go's net/http ProxyFromEnvironment decides it: HTTPS_PROXY or HTTP_PROXY by
 * the scheme of the target (upper case before lower case), NO_PROXY's exceptions, and never for this machine itself.
 */
export const proxyFromEnvironment = (target: URL, env: Env): string | undefined => {
  const name = target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const proxy = env[name] || env[name.toLowerCase()]
  if (!proxy || !wantsProxy(target, env['NO_PROXY'] || env['no_proxy'] || '')) return undefined
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`
}

/** The rules of golang.org/x/net/http/httpproxy, config.useProxy. */
export const wantsProxy = (target: URL, exceptions: string): boolean => {
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = target.port || (target.protocol === 'https:' ? '443' : '80')
  if (host === 'localhost' || isLoopback(host)) return false
  return !exceptions.split(',').some((rule) => matches(rule.trim().toLowerCase(), host, port))
}

const isLoopback = (host: string): boolean => (isIP(host) === 4 ? host.startsWith('127.') : host === '::1')

const matches = (rule: string, host: string, port: string): boolean => {
  if (rule === '') return false
  if (rule === '*') return true
  const range = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(rule)
  if (range !== null) return inRange(host, range[1]!, Number(range[2]))
  const {name, onlyPort} = splitPort(rule)
  if (onlyPort !== undefined && onlyPort !== port) return false
  if (isIP(name) !== 0) return isIP(host) !== 0 && sameAddress(name, host)
  if (name === '') return false
  const domain = name.startsWith('*.') ? name.slice(1) : name
  // `.example.com` means what is below it, `example.com` that and itself.
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
}

const splitPort = (rule: string): {name: string; onlyPort?: string} => {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(rule)
  const plain = /^([^:]*):(\d+)$/.exec(rule)
  const [, name = rule, onlyPort] = bracketed ?? plain ?? []
  return onlyPort === undefined ? {name} : {name, onlyPort}
}

const inRange = (host: string, network: string, prefix: number): boolean => {
  const family = isIP(network)
  if (family === 0 || isIP(host) !== family || prefix > (family === 4 ? 32 : 128)) return false
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(network, prefix, kind)
  return list.check(host, kind)
}

const sameAddress = (left: string, right: string): boolean =>
  isIP(left) === isIP(right) && inRange(left, right, isIP(left) === 4 ? 32 : 128)
