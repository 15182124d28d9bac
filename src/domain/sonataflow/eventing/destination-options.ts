import {BROKER} from '../../eventing/names.js'
import {invalid} from '../../core/errors.js'
import {type Fields} from '../../core/read.js'
import {checkName, checkNamespace} from '../../core/syntax.js'
import {uriFault} from '../../core/uri.js'

/**
 * A broker as flags name it: `NAME[:NAMESPACE]` or `broker:NAME[:NAMESPACE]`. Throws InvalidArgument. Without a namespace
 * the reference has none, and the operator takes that of the platform.
 */
export const parseBrokerReference = (text: string, flag: string): Fields => {
  const parts = text.split(':')
  const [name = '', namespace, ...more] = parts[0] === 'broker' && parts.length > 1 ? parts.slice(1) : parts
  if (more.length > 0 || text.includes('/'))
    throw invalid(
      `invalid ${flag} "${text}": expected the NAME[:NAMESPACE] of a broker`,
      'the operator connects its services with brokers only',
    )
  checkName(name, `name in ${flag}`)
  if (namespace !== undefined) checkNamespace(namespace, `namespace in ${flag}`)
  return {ref: {...BROKER, name, ...(namespace === undefined ? {} : {namespace})}}
}

/** The sink of the Job Service: a broker, or a URI. Throws InvalidArgument. */
export const parseSinkReference = (text: string, flag: string): Fields => {
  if (!/^https?:\/\//.test(text)) return parseBrokerReference(text, flag)
  const fault = uriFault(text)
  if (fault !== undefined) throw invalid(`invalid ${flag}: parse "${text}": ${fault}`)
  return {uri: text}
}
