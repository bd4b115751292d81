#pragma once

#include <string>
#include <vector>

#include "ssh/config.hpp"

namespace gpuctl::ssh {

/// The words of the rest of a line: quotes ' and " group, a backslash takes the next quote or backslash as it is, a
/// word that begins with # ends the line. Throws Error{invalid} at `where` for a quote without its end.
std::vector<std::string> config_words(const std::string& text, const core::Where& where);

/// How files are found: relative Includes lie in `folder`, and only a user's file may say `~`.
struct ConfigFolder {
  std::string folder;
  bool of_user = true;
};

/// Directives of one text. Include is followed.
std::vector<Directive> read_directives(const std::string& text, const std::string& name, const ConfigFolder&,
                                       const Environment&, int depth = 0);

/// Directives of one file; an absent file has none. A user's file that others may write is refused, as OpenSSH does.
std::vector<Directive> read_config_file(const std::string& path, const ConfigFolder&, const Environment&,
                                        int depth = 0);

}  // namespace gpuctl::ssh
