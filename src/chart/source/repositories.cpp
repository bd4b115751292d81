#include "chart/source/repositories.hpp"

#include "chart/package/decode.hpp"
#include "chart/package/read_yaml.hpp"

namespace gpuctl::chart {

std::vector<RepositoryEntry> read_repositories(std::string_view text) {
  std::vector<RepositoryEntry> out;
  const Fields file(read_yaml(text), "File");
  const auto* list = file.list("repositories", "[]*repo.Entry");
  if (list == nullptr) return out;
  for (const auto& item : list->items) {
    if (item.is_nil()) continue;
    const Fields fields(item, "Entry", "repositories");
    RepositoryEntry entry;
    std::string password;
    fields.read("name", entry.name);
    fields.read("url", entry.url);
    fields.read("username", entry.access.username);
    fields.read("password", password);
    entry.access.password = core::Secret(std::move(password));
    fields.read("caFile", entry.access.ca_file);
    fields.read("certFile", entry.access.cert_file);
    fields.read("keyFile", entry.access.key_file);
    fields.read("insecure_skip_tls_verify", entry.access.insecure_skip_tls_verify);
    fields.read("pass_credentials_all", entry.access.pass_credentials);
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace gpuctl::chart
