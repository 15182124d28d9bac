import {type KubeObject} from '../domain/core/object.js'
import {secretFacts, type SecretFacts} from '../domain/kafka/credentials/secret-format.js'
import {sealed, valuesOf} from '../domain/secret/secret-value.js'

/** What there is to know of a Secret without its secrets: its keys, and the values that are no credentials. */
export const factsOfSecret = (secret: KubeObject): SecretFacts => {
  const values = valuesOf(sealed(secret))
  return secretFacts(Object.keys(values), (key) => values[key]?.revealText() ?? '')
}
