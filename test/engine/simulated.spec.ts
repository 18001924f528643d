import { engineContract } from './contract.js';
import { SimulatedRig } from './simulated-rig.js';

engineContract('simulated', () => SimulatedRig.make());
