#include "seal/codes.h"
#include "seal/root.h"
#include "seal/state.h"

namespace tee::seal {

namespace {

constexpr std::size_t kKeyBytes = 32;

Result<crypto::Secret> existing(const std::string& path) {
  TEE_TRY(auto key, read_own_file(path, kKeyBytes));
  if (!key) return fail(code::seal_root_absent, "this installation has no simulator's key yet", "sealing with --root sim makes one");
  if (key->size() != kKeyBytes) return fail(code::seal_state_unusable, path + ": not a key of 32 bytes");
  return *std::move(key);
}

}  // namespace

Status same_fields(const Json& asked, const Json& header) {
  if (asked == header) return {};
  return fail(code::seal_header_mismatch, "the blob was sealed with the fields " + json::dump(header) + ", not " + json::dump(asked));
}

Result<Root> sim_root(const Env& env) {
  std::string folder;
  if (const auto state = env.getenv("XDG_STATE_HOME"); state && state->starts_with('/')) folder = *state;
  else if (const auto home = env.getenv("HOME"); home && home->starts_with('/')) folder = *home + "/.local/state";
  else return fail(code::seal_state_unusable, "neither XDG_STATE_HOME nor HOME names a folder for the simulator's key");
  folder += "/tee-tools";
  const std::string path = folder + "/sim-seal.key";
  Root root;
  root.name = "sim";
  root.agrees = [](const Json& header) { return same_fields(Json::object(), header); };
  root.create = [folder, path]() -> Result<RootSecret> {
    TEE_CHECK(own_folder(folder));
    TEE_TRY(const bool fresh, create_own_file(path, crypto::Secret::random(kKeyBytes).view()));
    (void)fresh;
    TEE_TRY(crypto::Secret key, existing(path));
    return RootSecret{std::move(key)};
  };
  root.derive = [path](const Json&, const Json&) { return existing(path); };
  return root;
}

}  // namespace tee::seal
