/**
 * What Go's net/url refuses in an http or https URI, in its words; `undefined` when it takes the text. Only syntax: a URI
 * without a host passes here and is refused by the eventing webhook.
 */
export const uriFault = (text: string): string | undefined => {
  if ([...text].some((letter) => letter.charCodeAt(0) < 0x20 || letter.charCodeAt(0) === 0x7f))
    return 'net/url: invalid control character in URL'
  const withoutFragment = text.split('#')[0] ?? ''
  const afterScheme = withoutFragment.slice(withoutFragment.indexOf(':') + 1)
  const hierarchical = afterScheme.startsWith('//')
  const authority = hierarchical ? (/^\/\/([^/?]*)/.exec(afterScheme)?.[1] ?? '') : ''
  const path = hierarchical ? afterScheme.slice(2 + authority.length) : afterScheme
  return hostFault(authority) ?? escapeFault((path.split('?')[0] ?? '') + fragmentOf(text))
}

const fragmentOf = (text: string): string => {
  const hash = text.indexOf('#')
  return hash < 0 ? '' : text.slice(hash + 1)
}

const escapeFault = (text: string): string | undefined => {
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text)?.[0]
  return bad === undefined ? undefined : `invalid URL escape "${bad}"`
}

const hostFault = (authority: string): string | undefined => {
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  if (host.startsWith('[')) {
    const end = host.lastIndexOf(']')
    if (end < 0) return "missing ']' in host"
    return portFault(host.slice(end + 1))
  }
  const colon = host.lastIndexOf(':')
  const port = colon < 0 ? undefined : portFault(host.slice(colon))
  if (port !== undefined) return port
  const bad = /[ "<>^`{}|\\]/.exec(host)?.[0]
  return bad === undefined ? escapeFault(host) : `invalid character ${JSON.stringify(bad)} in host name`
}

const portFault = (port: string): string | undefined =>
  port === '' || /^:\d*$/.test(port) ? undefined : `invalid port ${JSON.stringify(port)} after host`

/** The host that the eventing webhook demands of a destination without `ref`. */
export const hostOf = (uri: string): string => {
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(uri)?.[1] ?? ''
  return authority.slice(authority.lastIndexOf('@') + 1)
}

/** Go's `URL.IsAbs`: it has a scheme. */
export const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri)
