/** A reason why a task does not run, and what helps against it. */
interface TaskReason {
  readonly pattern: RegExp
  readonly remedy: string
}

const inactive = /\bnodes? not available for new tasks/

/**
 * What a scheduler says of the nodes that it left out (swarmkit, manager/scheduler/filter.go), and what engines say of
 * what they were given and could not start.
 */
const reasons: readonly TaskReason[] = [
  {
    pattern: inactive,
    remedy: 'Those nodes are drained, paused or down: set one to active (“Set Node to Active…”), or start its engine.',
  },
  {
    pattern: /scheduling constraints not satisfied/,
    remedy:
      'No node has what the service asks for: give one the label (“docker node update --label-add KEY=VALUE NODE”), or take the constraint away (“docker service update --constraint-rm …”).',
  },
  {
    pattern: /insufficient resources/,
    remedy:
      'No node has that many CPUs or that much memory left to reserve: let the service reserve less (“docker service update --reserve-cpu, --reserve-memory”), or make room.',
  },
  {
    pattern: /host-mode port already in use/,
    remedy:
      'A port that is published in the mode “host” is taken on each node, by another task as a rule: publish another one, in the mode “ingress”, or let updates stop the old task first (--update-order stop-first).',
  },
  {
    pattern: /unsupported platform/,
    remedy: 'The image is made for another operating system or processor than the nodes have: use one for theirs.',
  },
  {
    pattern: /missing plugin/,
    remedy: 'A network, volume or log driver that the service names is on no node: install the plugin there.',
  },
  {
    pattern: /max replicas per node limit/,
    remedy: 'Each node has as many tasks as the service allows: raise --replicas-max-per-node, or add a node.',
  },
  {
    pattern: /No such image|pull access denied/,
    remedy:
      'The node neither has the image nor can pull it: push it to a registry that all nodes reach, and update the service with --with-registry-auth where that wants a login.',
  },
]

/** What helps against a task's error, a sentence for each reason in it; nothing for what is not known. */
export function taskRemedies(error: string): readonly string[] {
  return reasons.filter(({ pattern }) => pattern.test(error)).map(({ remedy }) => remedy)
}

/** Whether a task waits for nodes that take nothing new. */
export function waitsForNodes(error: string): boolean {
  return inactive.test(error)
}
