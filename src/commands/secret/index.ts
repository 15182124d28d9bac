// The verbs of this noun that change something, in one module: one file to open at start-up instead of dozens of small ones.
import createKafkaAuth from './create-kafka-auth.js'
import createPostgresAuth from './create-postgres-auth.js'

export const verbs = {
  'create-kafka-auth': createKafkaAuth,
  'create-postgres-auth': createPostgresAuth,
}
