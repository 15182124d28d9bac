// The verbs of this noun in one module: one file to open at start-up instead of dozens of small ones.
import createKafkaAuth from './create-kafka-auth.js'
import createPostgresAuth from './create-postgres-auth.js'
import describe from './describe.js'
import list from './list.js'

export const verbs = {
  'create-kafka-auth': createKafkaAuth,
  'create-postgres-auth': createPostgresAuth,
  describe,
  list,
}
