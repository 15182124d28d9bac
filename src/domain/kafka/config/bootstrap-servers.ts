import {invalid} from '../../core/errors.js'

/** A bracketed IPv6 address, as far as its letters and colons go. */
const address6 = /^\[(?=.*:.*:)[0-9A-Fa-f:.]+\]$/
const hostName = /^[A-Za-z0-9]([-A-Za-z0-9_]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9_]*[A-Za-z0-9])?)*\.?$/

const isAddress6 = (text: string): boolean => {
  if (!address6.test(text)) return false
  const groups = text.slice(1, -1).split(':')
  const short = text.includes('::')
  return (
    groups.every(
      (group, index) => /^[0-9A-Fa-f]{0,4}$/.test(group) || (index === groups.length - 1 && group.includes('.')),
    ) &&
    text.split('::').length <= 2 &&
    (short ? groups.length <= 9 : groups.length === 8 || (groups.length === 7 && text.includes('.')))
  )
}

/** What is wrong with one server of `bootstrap.servers`; `undefined` for `HOST:PORT` and `[IPV6]:PORT`. */
export const serverFault = (server: string): string | undefined => {
  if (server.includes('://')) return 'write HOST:PORT without a scheme; the protocol is said by the auth secret'
  if (server.split(':').length > 2 && !server.startsWith('['))
    return 'write an IPv6 address in brackets: [ADDRESS]:PORT'
  const colon = server.lastIndexOf(':')
  if (colon < 0 || server.endsWith(']')) return 'the port is missing'
  const [host, port] = [server.slice(0, colon), server.slice(colon + 1)]
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    return `"${port}" is not a port from 1 to 65535`
  if (host === '') return 'the host is missing'
  if (host.startsWith('[') ? isAddress6(host) : host.length <= 253 && hostName.test(host)) return undefined
  return `"${host}" is not a host name or address`
}

/** `--bootstrap-servers a:9092,b:9092`. The controller drops empty parts; here they are a typo. Throws InvalidArgument. */
export const readBootstrapServers = (text: string): string[] => {
  const parts = text.split(',').map((part) => part.trim())
  if (text.trim() === '')
    throw invalid('--bootstrap-servers is empty', 'for example my-cluster-kafka-bootstrap.kafka:9092')
  const faults = parts.flatMap((part) => {
    const fault = part === '' ? 'there is an empty one between commas' : serverFault(part)
    return fault === undefined ? [] : [`${part === '' ? '' : `"${part}": `}${fault}`]
  })
  if (faults.length > 0) throw invalid(`invalid --bootstrap-servers: ${faults.join('; ')}`)
  const twice = parts.find((part, index) => parts.indexOf(part) !== index)
  if (twice !== undefined) throw invalid(`invalid --bootstrap-servers: "${twice}" is given twice`)
  return parts
}
