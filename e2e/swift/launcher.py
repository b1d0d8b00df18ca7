"""A real OpenStack Swift on loopback: proxy, account, container and object server of Debian's python3-swift.

Reads one line of JSON from standard input:

    {"port": 0, "origins": ["http://localhost:5173"], "account": "AUTH_async-images", "key": "...",
     "containers": ["12345678"], "data": null}

`port` is the first of four consecutive ones (0: any that are free); `data` is a folder to keep, or null for one that
is removed at the end. Prints one line of JSON, {"url", "data"}, when all is up. Then it takes lines such as `kill object` and
`revive object`, and prints each as {"done": "kill object"} when that is so. Ends, with everything it started, when standard
input ends or on TERM or INT. Needs no root, no /etc and no other service.
"""
import ctypes
import json
import os
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback

KINDS = ('object', 'container', 'account')
START_SECONDS = 60

# d1 is a plain folder, not a mount; disk space is the machine's own affair; workers = 0 means no forks and no change of user.
SERVER = '''[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {etc}
log_level = INFO
devices = {node}
mount_check = false
disable_fallocate = true
fallocate_reserve = 0

[pipeline:main]
pipeline = {kind}-server

[app:{kind}-server]
use = egg:swift#{app}
'''

# tempurl stands before the authorisation that denies all the rest: without one, Swift would be open to anybody.
# error_suppression: the only device must not be set aside for a minute after one error.
PROXY = '''[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
swift_dir = {etc}
log_level = INFO
client_timeout = 60
cors_allow_origin = {origins}
cors_expose_headers = content-length, content-range, content-disposition, accept-ranges
strict_cors_mode = true

[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck proxy-logging tempurl tempauth copy dlo listing_formats proxy-server

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = false
conn_timeout = 2
node_timeout = 10
error_suppression_interval = 0
error_suppression_limit = 1000000

[filter:catch_errors]
use = egg:swift#catch_errors

[filter:gatekeeper]
use = egg:swift#gatekeeper

[filter:healthcheck]
use = egg:swift#healthcheck

[filter:proxy-logging]
use = egg:swift#proxy_logging

[filter:tempurl]
use = egg:swift#tempurl
methods = GET HEAD PUT DELETE
allowed_digests = sha1 sha256

[filter:tempauth]
use = egg:swift#tempauth
user_{user}_admin = {password} .admin

[filter:copy]
use = egg:swift#copy

[filter:dlo]
use = egg:swift#dlo

[filter:listing_formats]
use = egg:swift#listing_formats
'''

INTERNAL_CLIENT = '''[DEFAULT]
swift_dir = {etc}

[pipeline:main]
pipeline = catch_errors proxy-server

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true

[filter:catch_errors]
use = egg:swift#catch_errors
'''

# Part of the hash that every path on disk is: it never changes over existing data.
SWIFT = '''[swift-hash]
swift_hash_path_prefix = attache
swift_hash_path_suffix = attache
'''


class Refused(Exception):
    """Why it cannot start, in one line."""


def write(path, text):
    with open(path, 'w') as file:
        file.write(text)


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(('127.0.0.1', port))
            return True
        except OSError:
            return False


def choose_port(wanted):
    """The first of four free ports. A server left on one would pass for ours, so they are asked before the start."""
    if wanted:
        taken = [port for port in range(wanted, wanted + 4) if not is_free(port)]
        if taken:
            raise Refused('ports taken: %s' % ', '.join(map(str, taken)))
        return wanted
    for _ in range(200):
        port = random.randrange(20000, 60000, 4)
        if all(map(is_free, range(port, port + 4))):
            return port
    raise Refused('no four consecutive free ports between 20000 and 60000')


def holds_xattrs(folder):
    """User xattrs are where the object server keeps an object's metadata."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            os.setxattr(file.fileno(), 'user.swift.metadata', b'x' * 1024)
        return True
    except OSError:
        return False


def configure(config, data, port, keep):
    etc, node = os.path.join(data, 'etc'), os.path.join(data, 'node')
    for folder in (etc, os.path.join(data, 'log'), os.path.join(node, 'd1')):
        os.makedirs(folder, exist_ok=True)
    on_disk = holds_xattrs(node)
    if keep and not on_disk:
        raise Refused('%s cannot hold user xattrs: use ext4, xfs or btrfs' % data)
    write(os.path.join(etc, 'swift.conf'), SWIFT)
    for offset, kind in enumerate(KINDS, 1):
        app = kind if on_disk or kind != 'object' else 'mem_object'
        text = SERVER.format(port=port + offset, etc=etc, node=node, kind=kind, app=app)
        write(os.path.join(etc, kind + '-server.conf'), text)
    write(os.path.join(etc, 'proxy-server.conf'), PROXY.format(
        port=port, etc=etc, origins=', '.join(config['origins']), user=config['account'][len('AUTH_'):],
        password='%032x' % random.SystemRandom().getrandbits(128)))
    write(os.path.join(etc, 'internal-client.conf'), INTERNAL_CLIENT.format(etc=etc))
    return etc


def load_swift(etc):
    """Swift reads /etc/swift/swift.conf while its modules load, unless told otherwise before."""
    from swift.common import utils
    utils.set_swift_dir(etc)
    from swift.common import constraints, storage_policy
    constraints.reload_constraints()
    storage_policy.reload_storage_policies()
    # Once and before the forks: in every server it would take most of the start. Eventlet's hub must not run until then.
    utils.eventlet_monkey_patch()
    import swift.account.server, swift.container.server, swift.obj.server, swift.proxy.server  # noqa: E401,F401
    import swift.common.middleware.tempauth, swift.common.middleware.tempurl, swift.common.wsgi  # noqa: E401,F401


def build_rings(etc, port):
    from swift.common.ring import RingBuilder
    for offset, kind in enumerate(KINDS, 1):
        builder = RingBuilder(4, 1, 0)  # part_power, replicas, min_part_hours
        builder.add_dev({'region': 1, 'zone': 1, 'device': 'd1', 'weight': 100.0, 'meta': '', 'ip': '127.0.0.1',
                         'port': port + offset, 'replication_ip': '127.0.0.1', 'replication_port': port + offset})
        builder.rebalance(seed=1)
        builder.get_ring().save(os.path.join(etc, kind + '.ring.gz'))


def serve(etc, kind):
    from swift.common.wsgi import run_wsgi
    more = {'verbose': True}  # log to standard error
    if kind == 'object':
        from swift.obj import server
        more['global_conf_callback'] = server.global_conf_callback
    sys.exit(run_wsgi(os.path.join(etc, kind + '-server.conf'), kind + '-server', **more))


def die_with(parent):
    """PR_SET_PDEATHSIG: the servers end even when this launcher is killed. They left its process group in run_wsgi."""
    ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def fork_server(data, etc, kind):
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, signal.SIG_DFL)
        die_with(parent)
        log = os.open(os.path.join(data, 'log', kind + '.log'), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        serve(etc, kind)
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 1)
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def serve_alone(etc, kind, parent):
    """A server in an interpreter of its own: the launcher's eventlet hub runs by now, so it cannot fork any more."""
    load_swift(etc)
    die_with(parent)
    serve(etc, kind)


def revive(servers, data, etc, kind):
    with open(os.path.join(data, 'log', kind + '.log'), 'a') as log:
        command = [sys.executable, '-I', os.path.abspath(__file__), 'serve', etc, kind, str(os.getpid())]
        servers[subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log).pid] = kind


def kill(servers, kind):
    for pid in [pid for pid, name in servers.items() if name == kind]:
        del servers[pid]
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def obey(line, servers, data, etc, port):
    verb, kind = line.split()
    if verb == 'kill' and kind in KINDS:
        kill(servers, kind)
    elif verb == 'revive' and kind in KINDS:
        revive(servers, data, etc, kind)
        wait_until_listening(servers, data, [port + 1 + KINDS.index(kind)])
    else:
        raise Refused('cannot %s' % line)
    print(json.dumps({'done': line}), flush=True)


def check_alive(servers, data):
    pid, _ = os.waitpid(-1, os.WNOHANG)
    if pid:
        kind = servers.pop(pid)
        with open(os.path.join(data, 'log', kind + '.log')) as file:
            raise Refused('the %s server ended: %s' % (kind, file.read()[-1000:].strip()))


def wait_until_listening(servers, data, ports):
    end = time.time() + START_SECONDS
    for each in ports:
        while True:
            check_alive(servers, data)
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(('127.0.0.1', each)) == 0:
                    break
            if time.time() > end:
                raise Refused('nothing listens on port %d after %d seconds' % (each, START_SECONDS))
            time.sleep(0.02)


def provision(config, etc):
    """Account key and containers, by the proxy app in this process: no token, no authorisation."""
    from swift.common.internal_client import InternalClient
    client = InternalClient(os.path.join(etc, 'internal-client.conf'), 'attache', 3)
    client.set_account_metadata(
        config['account'], {'Temp-URL-Key': config['key']}, metadata_prefix='X-Account-Meta-')
    for name in config['containers']:
        client.create_container(config['account'], name)


def run(config, data, keep):
    port = choose_port(config['port'])
    etc = configure(config, data, port, keep)
    load_swift(etc)
    build_rings(etc, port)
    servers = {}
    try:
        for kind in KINDS + ('proxy',):
            servers[fork_server(data, etc, kind)] = kind
        wait_until_listening(servers, data, range(port + 3, port - 1, -1))
        provision(config, etc)
        print(json.dumps({'url': 'http://127.0.0.1:%d' % port, 'data': data}), flush=True)
        while True:
            if select.select([sys.stdin], [], [], 0.2)[0]:
                line = sys.stdin.readline().strip()
                if not line:
                    break
                obey(line, servers, data, etc, port)
            check_alive(servers, data)
    finally:
        # A second signal must not stop the clearing up.
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, signal.SIG_IGN)
        for pid in servers:
            os.kill(pid, signal.SIGTERM)
        for pid in servers:
            os.waitpid(pid, 0)


def main():
    if sys.argv[1:2] == ['serve']:
        return serve_alone(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: sys.exit(0))
    config = json.loads(sys.stdin.readline())
    keep = config['data'] is not None
    data = os.path.abspath(config['data']) if keep else tempfile.mkdtemp(prefix='attache-swift-')
    try:
        run(config, data, keep)
    except (Refused, OSError) as why:
        sys.exit('swift: %s' % why)
    finally:
        if not keep:
            shutil.rmtree(data, ignore_errors=True)


main()
