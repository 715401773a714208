// Files in which keys live: folders of one's own, files that appear whole and never by two writers. Floor F4.
#pragma once

#include <string>

#include "base/env.h"
#include "crypto/secret.h"

namespace tee::seal {

// seal.state_unusable in all of these.
// Makes the folder (and its parents) with mode 0700; one that exists must belong to this user and be closed to others.
Status own_folder(const std::string& path);
// The whole file. nullopt: there is none. Refused when it is no plain file of this user, readable by others, or larger.
Result<std::optional<crypto::Secret>> read_own_file(const std::string& path, std::size_t limit);
// false: there is one already, and it stays.
Result<bool> create_own_file(const std::string& path, ByteView content);

// Whole input of a command into guarded memory, up to `limit` (seal.too_large).
class Feed;
Result<crypto::Secret> read_whole(Feed& from, std::size_t limit);

}  // namespace tee::seal
