import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  /** PEM of the private key. */
  readonly key: string;
  /** PEM of the certificate, valid for `localhost` and 127.0.0.1 for two days. */
  readonly cert: string;
  /** File that holds `cert`, for `NODE_EXTRA_CA_CERTS` of a child process. */
  readonly certFile: string;
  /** Deletes the files; harmless when called again. */
  dispose(): void;
}

/**
 * Makes a self-signed certificate that is trusted by nobody but whom it is handed to. Uses the `openssl` program, since
 * Node can read certificates but not make them; throws an error that names the package where the program is missing.
 */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'attache-certificate-'));
  const keyFile = join(folder, 'key.pem');
  const certFile = join(folder, 'cert.pem');
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('openssl', [...REQUEST, '-keyout', keyFile, '-out', certFile], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    dispose();
    throw explained(error);
  }
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile, dispose };
}

const REQUEST: readonly string[] = [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
  ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'],
];

function explained(error: unknown): Error {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return new Error('The openssl program is needed for a test certificate: install the package "openssl".', {
      cause: error,
    });
  }
  return new Error('openssl could not make a test certificate.', { cause: error });
}
