import type { ErrorCode } from '../../core/errors'

/** What an engine's refusal means to us. */
export interface Refusal {
  readonly code: ErrorCode
  readonly remedy?: string
}

interface Rule extends Refusal {
  readonly pattern: RegExp
}

/**
 * How engines refuse the version that a request is made in: Docker from 1.13 on (moby, daemon/server/middleware/version.go;
 * "client version 1.21 is too old. Minimum supported API version is 1.44"), and up to 1.12 ("client is newer than server",
 * "client is too old, minimum supported API version is 1.12").
 */
const wrongVersion = /client (version \S+ )?is too (new|old)|client is newer than server/i

/**
 * The engines' own words, which say more than their statuses: those differ over the versions (a taken name is 409 or
 * 500, an object in use 403, 409 or 500). From moby's daemon, its cluster package and swarmkit, as far as not noted.
 */
const rules: readonly Rule[] = [
  {
    pattern: wrongVersion,
    code: 'api-version',
    remedy: 'The engine refuses the version that it names itself: a proxy before it may lead to several engines.',
  },
  {
    // Go's net/http, at a TLS port.
    pattern: /sent an HTTP request to an HTTPS server/i,
    code: 'protocol',
    remedy: 'The port speaks TLS: name the TLS files (ca, cert, key) of this host in its entry.',
  },
  {
    pattern: /does not have a leader|quorum/i,
    code: 'engine-error',
    remedy: 'The swarm has lost the majority of its managers: start them again.',
  },
  {
    pattern: /not a swarm manager|multi-host network from a worker node|not part of a swarm/i,
    code: 'not-a-manager',
    remedy: 'Use a host that is a manager of the swarm.',
  },
  {
    // libnetwork, and docker/libkv with etcd and with Consul, up to Docker 20.10.
    pattern: /(from|update) store\b|etcd cluster is unavailable|Unexpected response code: 5\d\d/i,
    code: 'store-unavailable',
    remedy: 'The key-value store of this engine does not answer: start it, or open the way to it.',
  },
  {
    pattern: /encryption keys not present/i,
    code: 'unsupported',
    remedy: 'Only a swarm has the keys of an encrypted network: create the network anew without encryption.',
  },
  {
    pattern: /not manually attachable/i,
    code: 'unsupported',
    remedy: 'Containers can join only a network that was created as attachable: create it anew so.',
  },
  {
    pattern: /could not find an available, non-overlapping|have been fully subnetted/i,
    code: 'conflict',
    remedy: 'All address pools of the engine are in use: remove networks that nobody uses, or name a free subnet.',
  },
  {
    pattern: /pool overlaps|overlaps with/i,
    code: 'conflict',
    remedy: 'Another network has these addresses: choose a subnet that is free.',
  },
  {
    pattern: /has active endpoints|is in use by (task|service)|network .* in use/i,
    code: 'conflict',
    remedy: 'Remove or disconnect the containers and services on it first.',
  },
  {
    pattern: /port is already allocated|address already in use/i,
    code: 'conflict',
    remedy: 'Another process of the host has this port: publish another one, or let the engine choose.',
  },
  {
    pattern: /update out of sequence/i,
    code: 'conflict',
    remedy: 'Somebody else changed the service at the same time: look at it, and try again.',
  },
  {
    // Libnetwork: what is left of a container that went away while its engine was down.
    pattern: /endpoint with name .* already exists in network/i,
    code: 'conflict',
    remedy:
      'The network still has an endpoint of this name, of a container that is gone or of one elsewhere: disconnect that one by its name, with force, first.',
  },
  {
    // Docker 1.9 … today, and classic Swarm, in their words.
    pattern: /already exists|already in use by container|is already assigned/i,
    code: 'conflict',
    remedy: 'Choose another name, or remove what has it.',
  },
  {
    pattern: /is paused/i,
    code: 'conflict',
    remedy: 'Unpause the container first.',
  },
  {
    pattern: /is not running|is restarting|cannot attach to a stopped container/i,
    code: 'conflict',
    remedy: 'Start the container first.',
  },
  {
    pattern: /You cannot remove a running container|cannot remove container.*(running|paused)/i,
    code: 'conflict',
    remedy: 'Stop the container first, or remove it by force.',
  },
  {
    pattern: /removal of container .* is already in progress/i,
    code: 'conflict',
  },
  {
    pattern: /Could not attach to network .*context deadline exceeded/i,
    code: 'engine-error',
    remedy: 'The swarm managers did not answer this host: check that they run and that 2377/tcp is open to them.',
  },
  {
    pattern: /attaching to network failed, make sure your network options are correct/i,
    code: 'engine-error',
    remedy:
      'The swarm accepted the attachment but did not carry it out: look for a subnet that overlaps, is used up, or a drained node.',
  },
  {
    pattern: /No such image|pull access denied|manifest (unknown|for .* not found)|repository .* not found/i,
    code: 'not-found',
    remedy: 'Check the name of the image and its tag, or load it onto this host.',
  },
  {
    pattern: /lookup .*(no such host|server misbehaving|i\/o timeout)|dial tcp .*(refused|timeout|unreachable)/i,
    code: 'engine-error',
    remedy: 'The engine could not reach another server: check its network and name resolution.',
  },
  {
    pattern: /logging driver does not support reading/i,
    code: 'unsupported',
    remedy: "The container's logging driver keeps its output elsewhere: read it there.",
  },
  {
    pattern: /authorization denied by plugin/i,
    code: 'permission-denied',
    remedy: "Ask the engine's administrator for this right.",
  },
  {
    pattern: /pre-?defined network|operation is not permitted on (predefined|ingress)/i,
    code: 'unsupported',
    remedy: 'The engine itself owns this network.',
  },
  {
    pattern: /invalid detach keys/i,
    code: 'invalid-input',
    remedy: 'Correct the detach keys in the settings, for instance to ctrl-p,ctrl-q.',
  },
  {
    pattern: /\bis ambiguous \(\d+ matches/i,
    code: 'conflict',
    remedy: 'Several have this name: use its ID, and remove the one that is not meant by its ID.',
  },
  {
    // The rest are classic Swarm's own words (docker/swarm, api, cluster and scheduler).
    pattern: /Unable to reach primary cluster manager|No elected primary cluster manager/i,
    code: 'unreachable',
    remedy:
      'This manager is a replica, and another takes over within half a minute: try again, or connect to the primary.',
  },
  {
    pattern: /One of operator ==, != is expected|error from (constraint|affinity) filter/i,
    code: 'invalid-input',
    remedy: 'Write each constraint and affinity as KEY==VALUE or KEY!=VALUE.',
  },
  {
    pattern: /unable to find a node that satisfies/i,
    code: 'engine-error',
    remedy: 'No healthy node fulfils the placement: choose another host or label, or run it anywhere.',
  },
  {
    pattern: /running on unhealthy node|Cannot connect to the Docker daemon at/i,
    code: 'unreachable',
    remedy: 'The manager has lost this node: see whether its engine runs, or connect to that engine directly.',
  },
  {
    pattern: /No healthy node available|No nodes available in the cluster/i,
    code: 'unreachable',
    remedy: 'The manager reaches none of its engines: see whether they run and can be reached from it.',
  },
  {
    pattern: /^(404 )?page not found$/i,
    code: 'unsupported',
    remedy: 'What answers there does not offer it: it is too old, or a classic Swarm manager.',
  },
]

/** By the HTTP status, where the words are not known (Docker API, "Errors"). */
const byStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'permission-denied',
  404: 'not-found',
  405: 'unsupported',
  409: 'conflict',
  501: 'unsupported',
}

/** Whether an engine refused a request because of the version it was made in, before it did anything. */
export function isVersionRefusal(status: number, words: string): boolean {
  return status === 400 && wrongVersion.test(words)
}

/** Finds out what a refusal means, by the engine's words first and then by the status. */
export function explainRefusal(status: number, words: string): Refusal {
  const rule = rules.find(({ pattern }) => pattern.test(words))
  if (rule) return rule.remedy === undefined ? { code: rule.code } : { code: rule.code, remedy: rule.remedy }
  return { code: byStatus[status] ?? 'engine-error' }
}
