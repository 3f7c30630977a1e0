import datetime
import socket
import ssl

import pytest
from child_crawls import site_of
from crawler_server import Server, page
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from scrapy.resolver import dnscache

from crawler.net import BlockedAddressError, PublicOnlyResolver, is_public, names_loopback, names_private
from crawler.run import crawl as crawl_here
from pipeline.errors import ConfigError

NOT_PUBLIC = """127.0.0.1 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1
0.0.0.0 224.0.0.1 255.255.255.255
::1 :: fe80::1%eth0 fd00::1 ::ffff:10.0.0.1 ff02::1 2002:7f00:1::"""


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
@pytest.mark.row(2)
def test_row_02_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"]
)
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "localhost", "0177.0.0.1"]
)
@pytest.mark.row(3)
def test_row_03_odd_spellings_name_this_machine(host):
    assert names_private(f"http://{host}/")
    assert names_loopback(f"http://{host}:8000/")


def test_names_are_not_judged_by_their_text():
    assert not names_private("http://10.example.com/")
    assert not names_private("http://blog.example/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "localhost."]
)
@pytest.mark.row(3)
def test_row_03_a_private_target_nobody_named_is_refused_before_connecting(server: Server, crawl, host):
    server.routes["/"] = page()
    result = crawl(f"http://{host}:{server.port}/", allow_private=False)
    assert (result.report.state, server.asked) == ("failed", [])
    assert "blocked_address" in result.report.message


@pytest.mark.row(4)
def test_row_04_the_address_that_is_judged_is_the_one_that_is_used(reactorless):
    resolver = PublicOnlyResolver(reactorless, 100, 1.0)
    assert resolver._choose(["10.0.0.1", "93.184.215.14"], "rebinding.example") == "93.184.215.14"
    assert dnscache["rebinding.example"] == "93.184.215.14"
    with pytest.raises(BlockedAddressError):
        resolver._choose(["10.0.0.1"], "other.example")


@pytest.fixture
def reactorless():
    """Stand in for the reactor: choosing an address needs none."""
    dnscache.limit = 100
    return object()


@pytest.mark.row(14)
def test_row_14_a_host_that_does_not_exist_fails_with_its_reason(crawl):
    report = crawl("http://no-such-host.invalid/").report
    assert report.state == "failed"
    assert "(dns)" in report.message


def test_a_port_where_nobody_listens_is_told(crawl):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    report = crawl(f"http://127.0.0.1:{port}/").report
    assert report.state == "refused"
    assert "(connection)" in report.message


@pytest.mark.row(13)
def test_row_13_a_self_signed_certificate_is_an_error_unless_allowed(tmp_path, crawl):
    server = Server()
    server.routes["/"] = page()
    server.tls = self_signed(tmp_path)
    address = f"https://localhost:{server.port}/"
    refused, allowed = crawl(address).report, crawl(address, verify_tls=False).report
    assert (refused.state, "(tls)" in refused.message, allowed.pages) == ("failed", True, 1)
    server.close()


def self_signed(folder) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    plain = serialization.NoEncryption(), serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    pem = made.sign(key, hashes.SHA256()).public_bytes(plain[1]) + key.private_bytes(
        plain[1], plain[2], plain[0]
    )
    (folder / "tls.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.pem")
    return context


def test_an_address_that_is_none_is_a_configuration_error(tmp_path):
    with pytest.raises(ConfigError, match="not an http or https address"):
        crawl_here(site_of("ftp://blog.example/"), None, tmp_path)  # type: ignore[arg-type]
