"""A device with passkeys, made of nothing but a key: what a browser would send, true or false as a test wants it."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey, for one site."""

    origin: str
    rp_id: str
    flags: int = PRESENT | VERIFIED
    count: int = 0
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def registers(self, options: str, **otherwise: Any) -> str:  # noqa: ANN401 - the fields of this class
        """The answer to what a site asks who adds a passkey."""
        device = self._with(otherwise)
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        known = b"\0" * 16 + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(public)
        data = device.data(WITH_KEY) + known
        said = device.client_data("webauthn.create", options)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": text(said), "attestationObject": text(attestation), "transports": []})

    def signs(self, options: str, **otherwise: Any) -> str:  # noqa: ANN401
        """The answer to what a site asks who signs in; counts."""
        device = self._with(otherwise)
        if "count" not in otherwise:
            self.count += 1
            device.count = self.count
        data, said = device.data(), device.client_data("webauthn.get", options)
        signature = device.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        answer = {"clientDataJSON": text(said), "authenticatorData": text(data), "signature": text(signature)}
        return self._answer(answer)

    def data(self, flags: int = 0) -> bytes:
        hashed = hashlib.sha256(self.rp_id.encode()).digest()
        return hashed + bytes([self.flags | flags]) + self.count.to_bytes(4, "big")

    def client_data(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _with(self, otherwise: dict[str, Any]) -> "Device":
        return Device(**{**vars(self), **otherwise})

    def _answer(self, response: dict[str, Any]) -> str:
        name = text(self.credential)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def text(data: bytes) -> str:
    """Base64url without padding, as browsers write it."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def data(written: str) -> bytes:
    """The bytes again."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))
