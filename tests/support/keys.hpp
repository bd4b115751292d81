#pragma once

namespace gpuctl::test {

// Two throwaway keys made for these tests; nobody holds their secret halves.
inline constexpr const char* fingerprint_one = "E82C110C52EDD6C4A2F93130C95AB57BFFECB8D6";
inline constexpr const char* key_one = R"(-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawIW5hYJKwYBBAHaRw8BAQdA/6rxU/lIVgH9xjIf+DOSnc9vjlSxZMhvblbc
RX+uXiu0IWdwdWN0bCB0ZXN0IG9uZSA8b25lQGV4YW1wbGUub3JnPoiQBBMWCAA4
FiEE6CwRDFLt1sSi+TEwyVq1e//suNYFAmsCFuYCGwMFCwkIBwIGFQoJCAsCBBYC
AwECHgECF4AACgkQyVq1e//suNY51gD8C+yaTiCtQTpwHJK0+8ouxXscBHndwxMy
8+vsON2DoCsBAO7PWPnbayeBLO0MWnzvD/h1CaiWPElweZT6Zt33J+wGuDgEawIW
5hIKKwYBBAGXVQEFAQEHQAG3NMDY2wjC8ZJnWUJe4OquNUfwdAYWbt+yb7ROu7No
AwEIB4h4BBgWCAAgFiEE6CwRDFLt1sSi+TEwyVq1e//suNYFAmsCFuYCGwwACgkQ
yVq1e//suNa9ZwEAv7ZVLsfRzIYwveu53YQfVY1e5+6JAov9ffXhguN/0ckA/3tD
DCPcZeDjoiveIyYdgXoXLb7W5DS/JH5dyLKsLQwM
=o09e
-----END PGP PUBLIC KEY BLOCK-----
)";
inline constexpr const char* fingerprint_two = "2CAF24426BA9696F7296C84322AB4B4DC3B446B1";
inline constexpr const char* key_two = R"(-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEawIXFBYJKwYBBAHaRw8BAQdA/4h13k1uFMXLpWlXzOqnc4i2ZcNeF/9yc4Z+
akWQ1HO0JWdwdWN0bCB0ZXN0IHRocmVlIDx0aHJlZUBleGFtcGxlLm9yZz6IkAQT
FggAOBYhBCyvJEJrqWlvcpbIQyKrS03DtEaxBQJrAhcUAhsDBQsJCAcCBhUKCQgL
AgQWAgMBAh4BAheAAAoJECKrS03DtEaxMwUBAPM8JsxNI5DIowKTEfHAmLiXNkTu
eA85NbDnwnffjpcaAQCEECYYDr+Nw1lPHONsbp98Q2smEiudRKX8AJU5kCJDCQ==
=Ho20
-----END PGP PUBLIC KEY BLOCK-----
)";

}  // namespace gpuctl::test
