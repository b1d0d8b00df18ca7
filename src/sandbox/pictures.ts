import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The photograph that the scripted agent sends (Clements Engelhardt, CC0-1.0), and its preview. */

/** The bytes of `public/meadow.jpg`, 2000 × 1125. */
export function meadow(): Uint8Array {
  return readFileSync(join(import.meta.dirname, '../../public/meadow.jpg'));
}

const PREVIEW: readonly string[] = [
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDABIMDRANCxIQDhAUExIVGywdGxgYGzYnKSAsQDlEQz85Pj1HUGZXR0thTT0+WXlaYWlt',
  'cnNyRVV9hnxvhWZwcm7/2wBDARMUFBsXGzQdHTRuST5Jbm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5u',
  'bm5ubm5ubm7/wAARCABaAKADASIAAhEBAxEB/8QAGgAAAgMBAQAAAAAAAAAAAAAAAwUBAgQABv/EADIQAAIBAwMDAwIEBQUAAAAA',
  'AAECAwARIQQSMQVBURMiYSMyFDNxgRUkUpGxNEJygqH/xAAYAQEBAQEBAAAAAAAAAAAAAAABAgADBP/EAB8RAQEAAgMBAAMBAAAA',
  'AAAAAAABAhESITFBAxNRcf/aAAwDAQACEQMRAD8ANoepbB6bcs3tA8U7fVpFFvJG0C968ZC88UXqbQNwsGqf4jqlmv8Aco4U8V55',
  'kvT3EGpimQMjXBF6XdT6l+FTcVNr2FeX/iWrZlcMVccBeLVqVtT1OP6hDKpG4d6eVaQ76R1uFkWFgd3kDFegVwbZ7V5zSaSLSgBQ',
  'Lg8gWuK1PqWJFjbaQb3qeauB36qAXLCpjlSVdyMCPikxnikslm3A8A4qYJxo1dY8ocj4px/IOB1cXtfNdSKLqfohruGkbgHxW2Pq',
  'JkCyLGxTvaqn5Z9HCmFdWJOoqzHFhRDq19EsDm9qf24jhWmupa/V1VwAt18ihy9WDRs6KQqc3rftxPCs/W9LLM59CMZGWvSfpkX4',
  'eNpSvuuVIIvW+Tq0bAhW2se96XxTxtIyzS2S+AD3rnyVo00c9pAum0rE8s7Ypsl1U+ofe+SPFIdN1iGBFUnANqvq+uxtLaM4Fs+a',
  'ZkNHTSKZAL5rPqtdHpYt75J4FI06vt9SSxOcX8Us1Wuec+5r24FbmNANKbBb+2oLDZuHms5kLEA8VVJOReuOjyHjcMwHF+DXoNCm',
  'yPA29jXntGxGoXaAbdjXpB7Y1JOG8dq6SdGXYrXY+1+1yDwaoJMqG9ystAmnEatySp/vSltY5kIAIUtuA/StxtXs+Zza1htbt4oq',
  'Pbbfhv3pLBqncgr7lLEjOVPimqncuDtJI/eo1osvVFRFEgHupjptTLF06AIAjXAIPcUPVkPpiXiRwBgtSrT9SlkdAEBdBbnmt6x7',
  'PrII9SQCGNhutxWd9WDFKYzgG4pDK3pyMoNz3osEx2Ov9QtRcejsafVMG9p9orPNrJfw5QNhsGpj1MXo7JVOTm1YWlHqALxfF6qR',
  'NqTIATuJ4roXXO8XvxeulKruNgfFatMiatvrHYiAYQU7RplwkvuGKrM4Z9ym3xRep6f8NqQiuXBGL81lWxdgMhRWlF/i29muorTB',
  'ojJH6kz+mvAxkmp6QiS6hri7KtwD5re8pHqLKAEGbmjfwyfXn4TuRiMqDz4rmCo9hnHih6dikbuTgcD5qHkJIJzV6c/g0EhjmBU5',
  'r1GidZtPZskZzivIFW3bl4pl0/XlCBKxBXFqddHG6prLcZK9/wDylerRY2UIACQTcd6bProXh3i17ZpUzbruRYnj4oxdK29OAS67',
  'cEBibYvTaNd6FzgM3Pj9qVaSeNNoAvcXwaYLKsOmOolN1vhb2Nq51ca9TOdL09mMYeG2Rb/NeQV/e5A2+PitXVOqnVu3pEiEYHzS',
  '9GaxI7inGXV255ZTfTXooW1U/pqRci5J7VqSDLKkg9h/vSyCd4Jd0ZKtxRRqmAJuQW5tVWNKmzSSlFHejS9NljhE4KsgybHir9PR',
  'PSnmZrstgBRYtYH08kTKNtbvXTf6XyAuyrkXPJGBRJFeGzxvhsYoWp1MjqNxt8VnaZmUC+BWmIt1RJXZ3JLbm4uTVLqsTbTc8E1R',
  'CeTwRXN+ULeeK2k7O9PpIotNG80jK7D2lTa1HXTRozGaT1jyqse3mk0WukEAjfO3j4oya30XZ5DuJFrCp410mULZDtiRe59xoYN1',
  'tRJ1+qT2GBQwAGB7V2jgMify5fcLjgdxVJfcFkLXY4NGEwVH2pYNi1Bv7GXBvkUK+L6eUowuTtJ70wQCbRtKSTIHt8WpUnGK2aTU',
  'soeHGxyGP6ipy8tVjfhsrxEbY1s1hmlWskm9UxySllTAFGGpSGIkA7iSBWCVy92b7ic1UkOWS268ZB81MbkA2zY4oC3OO9XVtu5T',
  'mx5raRBxeSS4GbZog00gf3qVHcmtegCDpshwWfv3FqrBIS2eOKJ6rXQDKyIWikPyKAszBtpva9TqJCrsi/bes6vzSNiTvukPiqbw',
  'E2kX8VDHc1xUxwSTGyKTTOkuVgF/zXGU2sOLVtHR9WYNwQH471gdGjfbIpU9wRR1s2WC6cb3ILBbkZPAq+sUBxsbcHzcd6BdREdp',
  'z3okv5EbeARR9M80CzFzcm9QBiuvYWqrXxVoG4iYXB4NDNxUqbAr3tmhg0SGrHAuKLp2+pegXoumzJjxWynRnq07HeV/p4oZe4B7',
  'iragfVY+aECAa0nQvrRD7ptx7e6h7mD3vRExBI3n2ih7fbgi/iiMMupeKxBFmGR5qX1TAlUFj5rOoFrE3tmrkC4N+e1bxtueS4zk',
  '0O+DUMbsaoGuKrTCxub2816LTPFDoFWNRci5NeZU2NbtJrzGu2S5Haiw43Rvpte5kte2fNZuuGOXTq20CUNbcO4rE2oCSblv5tQd',
  'Xrm1NgwFl4omPe1XLrSihSdt88USexhUKbhWIv5oEZ2ru7k2FEB+l/2rWdp+KmwksRm/FWksFNrXFdL/AKmT96EfsqkxCNkfNQcH',
  'FVX7hUt95pZYC4o2lFpD+lB7UXS/mN+lTl5TPVZWJa5oRINTNyKr2qpOg0yHZpol7t7qCMm/cUTV8p/wFBFTj4Vw9yfNczYt3qkf',
  'NRJ9wqtdhLHJqoFWHNcf9v70lHGast8fNVfipT7R+tYCE3kJPiqsm6zL35+KsDVk+z96nele1UgX2giw71a26PnANDHJ/WiLi1vN',
  'FG+3/9k=',
];

/** JPEG, 160 × 90, as a data URL. */
export const MEADOW_PREVIEW = `data:image/jpeg;base64,${PREVIEW.join('')}`;
