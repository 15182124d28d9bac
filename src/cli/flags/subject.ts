/** One object that a command line asks for, with its labels and annotations as typed. */
export interface Subject {
  name: string
  namespace: string
  labels: string[] | undefined
  annotations: string[] | undefined
}
