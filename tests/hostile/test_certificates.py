"""A certificate counts when somebody known signed it, for this name, for today; nothing else will do."""

import datetime
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from crawler_server import Server
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hostile.blogs import home, post
from hostile.world import World, copydesk

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


class Authority:
    """Somebody who signs certificates, and whom the crawl trusts."""

    def __init__(self, folder: Path) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Authority of the tests")])
        self.file = folder / "authority.pem"
        basic = x509.BasicConstraints(ca=True, path_length=None)
        made = self._builder(self.name, self.key, NOW + DAY).add_extension(basic, critical=True)
        self.file.write_bytes(made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def context(self, folder: Path, host: str, until: datetime.datetime) -> ssl.SSLContext:
        """Sign a certificate for a host, good until then."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        made = self._builder(subject, key, until).add_extension(names, critical=False)
        pem = serialization.Encoding.PEM
        secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file = folder / f"{host}-{until:%j}.pem"
        file.write_bytes(made.sign(self.key, hashes.SHA256()).public_bytes(pem) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime.datetime
    ) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name)
        made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
        return made.not_valid_before(NOW - 9 * DAY).not_valid_after(until)


@pytest.fixture
def blog() -> Iterator[Server]:
    server = Server()
    server.routes |= {"/": home("/a"), "/a": post(1)}
    yield server
    server.close()


@pytest.mark.row(13)
@pytest.mark.parametrize(
    ("host", "until", "code", "said"),
    [
        ("blog.example", NOW + DAY, 0, "2 pages fetched"),
        ("blog.example", NOW - DAY, 3, "(tls)"),
        ("other.example", NOW + DAY, 3, "(tls)"),
    ],
    ids=["good", "expired", "another name's"],
)
def test_a_certificate_of_an_authority(blog, tmp_path, host, until, code, said):
    authority = Authority(tmp_path)
    blog.tls = authority.context(tmp_path, host, until)
    world = World(settings={"POLITE_DELAY_S": 0.0, "DOWNLOAD_TIMEOUT": 5, "TRIES": 1})
    world.put("blog.example", blog.port)
    done = copydesk(world, "crawl", "https://blog.example/", cwd=tmp_path, SSL_CERT_FILE=str(authority.file))
    assert (done.code, said in done.out, "/a" in blog.asked) == (code, True, code == 0), done.out
