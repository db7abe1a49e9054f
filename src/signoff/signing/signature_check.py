"""Whether a signature is one over these bytes. The mathematics is `cryptography`'s, imported when it is needed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from signoff.signing.public_key import ED25519, RSA, SK_ECDSA, SK_ED25519, PublicKey
from signoff.signing.sshsig import NAMESPACE, BadSignatureError, Signature, signed_data
from signoff.signing.wire import Reader, WireError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurve, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

RSA_LEAST_BITS = 3072
_USER_PRESENT = 0x01


def check_signature(signature: Signature, message: bytes, namespace: str = NAMESPACE) -> None:
    """Raises BadSignatureError where `signature` was not made by its key over `message` for `namespace`."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    if signature.namespace != namespace:
        raise BadSignatureError(f"the signature was made for {signature.namespace}, not for {namespace}")
    data = signed_data(namespace, message)
    try:
        if signature.key.type == RSA:
            _check_rsa(signature, data)
        elif signature.key.type in (SK_ED25519, SK_ECDSA):
            _check_fido(signature, data)
        elif signature.key.type == ED25519:
            _ed25519_key(signature.key).verify(signature.value, data)
        else:
            _check_ecdsa(signature, data)
    except InvalidSignature as error:
        raise BadSignatureError("the signature does not fit what it stands under") from error
    except WireError as error:
        raise BadSignatureError(f"the signature is malformed: {error}") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadSignatureError("the key in the signature is not a usable one") from error


def _check_rsa(signature: Signature, data: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256, SHA512

    key = _rsa_key(signature.key)
    if key.key_size < RSA_LEAST_BITS:
        raise BadSignatureError(f"the RSA key has {key.key_size} bits, and at least {RSA_LEAST_BITS} are demanded")
    if len(signature.value) != (key.key_size + 7) // 8:
        raise WireError("it is not as long as its key")
    digest: HashAlgorithm = SHA512() if signature.algorithm == "rsa-sha2-512" else SHA256()
    key.verify(signature.value, data, PKCS1v15(), digest)


def _check_ecdsa(signature: Signature, data: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512

    digests: dict[str, HashAlgorithm] = {"nistp384": SHA384(), "nistp521": SHA512()}
    reader = Reader(signature.value)
    numbers = reader.mpint(), reader.mpint()
    reader.end()
    digest = digests.get(signature.key.type.removeprefix("ecdsa-sha2-"), SHA256())
    _ecdsa_key(signature.key).verify(encode_dss_signature(*numbers), data, ECDSA(digest))


def _check_fido(signature: Signature, data: bytes) -> None:
    """FIDO keys sign what the browser standard has them sign, with SSH's data only as a hash inside."""
    if signature.flags is None or signature.counter is None or not signature.flags & _USER_PRESENT:
        raise BadSignatureError("the security key did not see that its user was there")
    application = hashlib.sha256(_application(signature.key)).digest()
    state = bytes([signature.flags]) + signature.counter.to_bytes(4, "big")
    asserted = application + state + hashlib.sha256(data).digest()
    if signature.key.type == SK_ED25519:
        _ed25519_key(signature.key).verify(signature.value, asserted)
    else:
        _check_ecdsa(signature, asserted)


def _ed25519_key(key: PublicKey) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    reader = Reader(key.blob)
    reader.string()
    return Ed25519PublicKey.from_public_bytes(reader.string())


def _ecdsa_key(key: PublicKey) -> EllipticCurvePublicKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    curves: dict[str, EllipticCurve] = {
        "nistp256": ec.SECP256R1(),
        "nistp384": ec.SECP384R1(),
        "nistp521": ec.SECP521R1(),
    }
    reader = Reader(key.blob)
    reader.string()
    curve = curves[reader.text()]
    return ec.EllipticCurvePublicKey.from_encoded_point(curve, reader.string())


def _rsa_key(key: PublicKey) -> RSAPublicKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    reader = Reader(key.blob)
    reader.string()
    exponent, modulus = reader.mpint(), reader.mpint()
    return RSAPublicNumbers(exponent, modulus).public_key()


def _application(key: PublicKey) -> bytes:
    """The last string of a FIDO key, usually `ssh:`."""
    reader = Reader(key.blob)
    for _ in range(3 if key.type == SK_ECDSA else 2):
        reader.string()
    return reader.string()
