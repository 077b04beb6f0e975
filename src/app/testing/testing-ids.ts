/** What the editor calls the tests of connectivity; package.json's menus name it. */
export const testControllerId = 'swarmNetworks'

/** What it calls a message of theirs, for the menus. */
export const fixableMessage = 'swarm-networks-failure'
