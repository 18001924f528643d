import { buildProduct } from '../support/built.mjs';
import startServices from '../support/global-setup.mjs';

export default async function startStage() {
  await startServices();
  await buildProduct();
}
