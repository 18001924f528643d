import { useServices } from '../support/services.js';
import { AsteriskRig } from './asterisk-rig.js';
import { engineContract } from './contract.js';

engineContract('Asterisk', () => AsteriskRig.make(useServices()));
