/** Pages of `help TOPIC`. */
export const TOPICS: Readonly<Record<string, {title: string; text: string}>> = {
  'exit-codes': {
    title: 'What the exit code of a command says',
    text: `Exit codes of kubectl sfl

    0   done, or nothing to do
    1   refused (by a preflight or by the server) or failed
    2   wrong usage: a flag or value that could never be valid, or an answer missing without a terminal
    3   the named object does not exist
    4   timed out while waiting; the state is unknown, running the command again is safe
    5   looked, and found it unhealthy
    6   the cluster is unreachable or you are not logged in; running the command again is safe
  130   interrupted with Ctrl-C, or a question answered with no
  143   terminated

Under "-o json" an error is one Status object on stderr with reason, code, exitCode and hint.
kn turns every failure of a plugin into 1: scripts that read exit codes call kubectl sfl or kn-sfl directly.`,
  },
  environment: {
    title: 'Environment variables that are read',
    text: `Environment of kubectl sfl

  KUBECONFIG              kubeconfig files, separated by colons; the first to set a value wins
  HTTPS_PROXY, NO_PROXY   proxy for the API server, where the kubeconfig names none
  KUBECTL_EXTERNAL_DIFF   program that shows the differences of --diff
  NO_COLOR                any value but the empty one: no color
  FORCE_COLOR             color even where the stream is not a terminal; 0 or false: no color
  CLICOLOR_FORCE          color even where the stream is not a terminal; 0: as if it were not set
  CI                      any value: never ask
  TERM=dumb               no color, no redrawn lines`,
  },
  output: {
    title: 'Output formats, and what goes to which stream',
    text: `Output of kubectl sfl

The result goes to stdout and nothing else does: progress, questions, warnings, notes and errors go to stderr.

  (none)                        a table or a description for people; its layout may change
  -o wide                       the table with more columns
  -o json, -o yaml              the objects as the server has them, without managedFields
  -o name                       one handle a line, such as broker.eventing.knative.dev/orders
  -o url                        the address of one object
  -o jsonpath=TEMPLATE          kubectl's JSONPath templates; also -o jsonpath-file=FILE
  -o jsonpath-as-json=TEMPLATE  the same as a JSON array
  -o custom-columns=SPEC        NAME:.metadata.name,CLASS:... ; also -o custom-columns-file=FILE

An empty list is a line on stderr and exit 0; with -o json it is a List without items.`,
  },
}
