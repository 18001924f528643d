import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { smallerFiles } from './smaller-files';

const contracts = decodeURIComponent(new URL('../src/contracts', import.meta.url).pathname);
const server = 'http://127.0.0.1:3000';

export default defineConfig({
  root: decodeURIComponent(new URL('.', import.meta.url).pathname),
  plugins: [react(), smallerFiles()],
  resolve: { alias: { '@contracts': contracts } },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 900 },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
      '/sip': { target: server, ws: true },
    },
  },
});
