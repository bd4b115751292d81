#pragma once

namespace gpuctl::test {

// Made with openssl for these tests, and trusted by nobody.

/// Valid for a hundred years: O = system:masters, CN = admin.
inline constexpr const char* good_certificate = R"(-----BEGIN CERTIFICATE-----
MIIBqTCCAU+gAwIBAgIUYPQVedQXZl+AGU7TillZYTXXNR4wCgYIKoZIzj0EAwIw
KTEXMBUGA1UECgwOc3lzdGVtOm1hc3RlcnMxDjAMBgNVBAMMBWFkbWluMCAXDTI2
MTEyNTIyMjI0NFoYDzIxMjYxMTAxMjIyMjQ0WjApMRcwFQYDVQQKDA5zeXN0ZW06
bWFzdGVyczEOMAwGA1UEAwwFYWRtaW4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAQCh0nO1C9sbybqYf726YG7vJT4acj1ytm5yCMTdyVcM5UYOwmxcScS9iOH4cfe
c7Yx6QXYgHnhWEVuTjkQakULo1MwUTAdBgNVHQ4EFgQU8rYaY1f2Uo4uuz4CF5GT
ztvLE7QwHwYDVR0jBBgwFoAU8rYaY1f2Uo4uuz4CF5GTztvLE7QwDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAPRi9q6VC/PLJ/sFGxFUSsEKgiCoeM
3pk2MQlyrvyXfQIhANyMoZjkOXg1MaXwUUIBGgu1ZPmU2eSmXIOa37BTLS1d
-----END CERTIFICATE-----
)";

/// Its key.
inline constexpr const char* good_key = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsKJBNPdg4XZJElMk
59PHPJtjMZNXeiX0sr1q6rAWzl6hRANCAAQCh0nO1C9sbybqYf726YG7vJT4acj1
ytm5yCMTdyVcM5UYOwmxcScS9iOH4cfec7Yx6QXYgHnhWEVuTjkQakUL
-----END PRIVATE KEY-----
)";

/// Of the same key, expired at 2021-01-01.
inline constexpr const char* expired_certificate = R"(-----BEGIN CERTIFICATE-----
MIIBBTCBrAIBATAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARsYXRlMB4XDTIwMDEw
MTAwMDAwMFoXDTIxMDEwMTAwMDAwMFowDzENMAsGA1UEAwwEbGF0ZTBZMBMGByqG
SM49AgEGCCqGSM49AwEHA0IABAKHSc7UL2xvJuph/vbpgbu8lPhpyPXK2bnIIxN3
JVwzlRg7CbFxJxL2I4fhx95ztjHpBdiAeeFYRW5OORBqRQswCgYIKoZIzj0EAwID
SAAwRQIgQaOcn1r9NojPZ0cvRsVOIn4VCUhhgXFjtkXcUhMLl4kCIQDaw6e8xIin
WCE/wDBwbQrwPoOFd7TfXVsk6n0Gb6wCBw==
-----END CERTIFICATE-----
)";

/// Of none of them.
inline constexpr const char* other_key = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgApqUGQVj9jgoDNiX
R8kLlpCIyGq0VOWjpy+MJp0AWo+hRANCAATw0UegcOoZ75wgVK1OGBi2mFKMNHPi
o/qhM6WvM949Ge5IweEx3pt5aegu4K4wjqeuN7LVk3aNh5Kzer5DajJl
-----END PRIVATE KEY-----
)";

}  // namespace gpuctl::test
