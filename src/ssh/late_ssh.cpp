// libssh brings eight libraries of Kerberos along, which take as long to load as half of a start. So it is not linked:
// what is used of it is defined here, and the first call loads the library. Whoever includes libssh.h need not know.

#include <libssh/libssh.h>
#include <libssh/server.h>

#include "core/error.hpp"
#include "util/late_library.hpp"

namespace {

/// Throws core::Error{unreachable}: it is not there, or too old.
void* function(const char* name) {
  static const gpuctl::util::LateLibrary library("libssh.so.4");
  if (void* found = library.find(name)) return found;
  throw gpuctl::core::Error(gpuctl::core::ErrorKind::unreachable, "libssh cannot be loaded: " + library.why(name), {},
                            "install libssh-4, as Debian and Ubuntu call it");
}

}  // namespace

// Looked up once for each function.
#define LATE_SSH(Result, name, parameters, arguments)                              \
  Result name parameters {                                                         \
    static const auto late = reinterpret_cast<decltype(&(name))>(function(#name)); \
    return late arguments;                                                         \
  }

extern "C" {

LATE_SSH(int, ssh_blocking_flush, (ssh_session session, int timeout), (session, timeout))
LATE_SSH(void, ssh_channel_free, (ssh_channel channel), (channel))
LATE_SSH(int, ssh_channel_get_exit_status, (ssh_channel channel), (channel))
LATE_SSH(int, ssh_channel_is_closed, (ssh_channel channel), (channel))
LATE_SSH(int, ssh_channel_is_eof, (ssh_channel channel), (channel))
LATE_SSH(ssh_channel, ssh_channel_new, (ssh_session session), (session))
LATE_SSH(int, ssh_channel_open_forward,
         (ssh_channel channel, const char* remotehost, int remoteport, const char* sourcehost, int localport),
         (channel, remotehost, remoteport, sourcehost, localport))
LATE_SSH(int, ssh_channel_open_session, (ssh_channel channel), (channel))
LATE_SSH(int, ssh_channel_read_nonblocking, (ssh_channel channel, void* dest, uint32_t count, int is_stderr),
         (channel, dest, count, is_stderr))
LATE_SSH(int, ssh_channel_request_exec, (ssh_channel channel, const char* cmd), (channel, cmd))
LATE_SSH(int, ssh_channel_send_eof, (ssh_channel channel), (channel))
LATE_SSH(uint32_t, ssh_channel_window_size, (ssh_channel channel), (channel))
LATE_SSH(int, ssh_channel_write, (ssh_channel channel, const void* data, uint32_t len), (channel, data, len))
LATE_SSH(void, ssh_clean_pubkey_hash, (unsigned char** hash), (hash))
LATE_SSH(int, ssh_connect, (ssh_session session), (session))
LATE_SSH(void, ssh_disconnect, (ssh_session session), (session))
LATE_SSH(int, ssh_event_add_session, (ssh_event event, ssh_session session), (event, session))
LATE_SSH(int, ssh_event_dopoll, (ssh_event event, int timeout), (event, timeout))
LATE_SSH(void, ssh_event_free, (ssh_event event), (event))
LATE_SSH(ssh_event, ssh_event_new, (), ())
LATE_SSH(int, ssh_event_remove_session, (ssh_event event, ssh_session session), (event, session))
LATE_SSH(void, ssh_free, (ssh_session session), (session))
LATE_SSH(const char*, ssh_get_error, (void* error), (error))
LATE_SSH(socket_t, ssh_get_fd, (ssh_session session), (session))
LATE_SSH(char*, ssh_get_fingerprint_hash, (enum ssh_publickey_hash_type type, unsigned char* hash, size_t len),
         (type, hash, len))
LATE_SSH(int, ssh_get_poll_flags, (ssh_session session), (session))
LATE_SSH(int, ssh_get_publickey_hash,
         (const ssh_key key, enum ssh_publickey_hash_type type, unsigned char** hash, size_t* hlen),
         (key, type, hash, hlen))
LATE_SSH(int, ssh_get_server_publickey, (ssh_session session, ssh_key* key), (session, key))
LATE_SSH(int, ssh_is_connected, (ssh_session session), (session))
LATE_SSH(void, ssh_key_free, (ssh_key key), (key))
LATE_SSH(enum ssh_keytypes_e, ssh_key_type, (const ssh_key key), (key))
LATE_SSH(enum ssh_keytypes_e, ssh_key_type_from_name, (const char* name), (name))
LATE_SSH(const char*, ssh_key_type_to_char, (enum ssh_keytypes_e type), (type))
LATE_SSH(int, ssh_known_hosts_parse_line, (const char* host, const char* line, struct ssh_knownhosts_entry** entry),
         (host, line, entry))
LATE_SSH(void, ssh_knownhosts_entry_free, (struct ssh_knownhosts_entry * entry), (entry))
LATE_SSH(ssh_session, ssh_new, (), ())
LATE_SSH(int, ssh_options_set, (ssh_session session, enum ssh_options_e type, const void* value),
         (session, type, value))
LATE_SSH(int, ssh_pki_export_pubkey_base64, (const ssh_key key, char** b64_key), (key, b64_key))
LATE_SSH(int, ssh_pki_import_privkey_file,
         (const char* filename, const char* passphrase, ssh_auth_callback auth_fn, void* auth_data, ssh_key* pkey),
         (filename, passphrase, auth_fn, auth_data, pkey))
LATE_SSH(int, ssh_pki_import_pubkey_base64, (const char* b64_key, enum ssh_keytypes_e type, ssh_key* pkey),
         (b64_key, type, pkey))
LATE_SSH(int, ssh_pki_import_pubkey_file, (const char* filename, ssh_key* pkey), (filename, pkey))
LATE_SSH(int, ssh_send_keepalive, (ssh_session session), (session))
LATE_SSH(int, ssh_set_agent_socket, (ssh_session session, socket_t fd), (session, fd))
LATE_SSH(void, ssh_set_blocking, (ssh_session session, int blocking), (session, blocking))
LATE_SSH(void, ssh_set_counters, (ssh_session session, ssh_counter scounter, ssh_counter rcounter),
         (session, scounter, rcounter))
LATE_SSH(void, ssh_string_free_char, (char* s), (s))
LATE_SSH(int, ssh_userauth_agent, (ssh_session session, const char* username), (session, username))
LATE_SSH(int, ssh_userauth_kbdint, (ssh_session session, const char* user, const char* submethods),
         (session, user, submethods))
LATE_SSH(int, ssh_userauth_kbdint_getnprompts, (ssh_session session), (session))
LATE_SSH(const char*, ssh_userauth_kbdint_getprompt, (ssh_session session, unsigned int i, char* echo),
         (session, i, echo))
LATE_SSH(int, ssh_userauth_kbdint_setanswer, (ssh_session session, unsigned int i, const char* answer),
         (session, i, answer))
LATE_SSH(int, ssh_userauth_list, (ssh_session session, const char* username), (session, username))
LATE_SSH(int, ssh_userauth_none, (ssh_session session, const char* username), (session, username))
LATE_SSH(int, ssh_userauth_password, (ssh_session session, const char* username, const char* password),
         (session, username, password))
LATE_SSH(int, ssh_userauth_publickey, (ssh_session session, const char* username, const ssh_key privkey),
         (session, username, privkey))
LATE_SSH(int, ssh_userauth_try_publickey, (ssh_session session, const char* username, const ssh_key pubkey),
         (session, username, pubkey))

}  // extern "C"
