// tee-mint: writes the mint's fake evidence to files, for tests of the command line and for the demo.
//
//   tee-mint list                        one JSON object per line: vendor, variant, what
//   tee-mint make VENDOR/VARIANT DIR     evidence, collateral, anchors, and `args`: one tee-verify argument
//   per line tee-mint all DIR [VENDOR]            the same for every variant, each in DIR/VENDOR/VARIANT
//
// `make` and `all` print one JSON object per variant: its folder, and the exit status and reason code that
// tee-verify must give.
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <set>

#include "base/env.h"
#include "codec/json.h"
#include "evidence/codes.h"
#include "mint/mint.h"

namespace {

using namespace tee;

constexpr const char* kUsage = "usage: tee-mint list | make VENDOR/VARIANT DIR | all DIR [VENDOR]\n";

void print(const Json& object) { std::printf("%s\n", json::dump(object).c_str()); }

const mint::Vendor* vendor_named(std::string_view name) {
  for (const mint::Vendor& v : mint::vendors())
    if (v.name == name) return &v;
  return nullptr;
}

Status make_folder(const std::string& path) {
  for (std::size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    const std::string part = path.substr(0, at);
    if (::mkdir(part.c_str(), 0755) != 0 && errno != EEXIST)
      return fail(code::file_unwritable, part + ": " + std::strerror(errno));
    if (at == std::string::npos) return {};
  }
}

// Writes one file of a case and answers its path.
Result<std::string> put(const std::string& folder, const mint::Artifact& file, std::set<std::string>& used) {
  if (!used.insert(file.name).second)
    return fail(code::internal_bug, "two files of this case are called " + file.name);
  const std::string path = folder + "/" + file.name;
  TEE_CHECK(write_file_atomic(path, file.bytes));
  return path;
}

Status write_case(const mint::Vendor& vendor, const mint::Case& c, const std::string& folder) {
  TEE_CHECK(make_folder(folder));
  std::set<std::string> used{"args"};
  std::vector<std::string> args{"--at", rfc3339(c.at)};
  for (const mint::Artifact& file : c.collateral) {
    TEE_TRY(const std::string path, put(folder, file, used));
    args.insert(args.end(), {"--collateral", path});
  }
  for (const auto& [option, file] : c.files) {
    TEE_TRY(const std::string path, put(folder, file, used));
    args.insert(args.end(), {option, path});
  }
  // One root often serves several roles; it is written once.
  for (const auto& [role, file] : c.anchors) {
    std::string path = folder + "/" + file.name;
    if (!used.contains(file.name)) {
      TEE_TRY(path, put(folder, file, used));
    }
    args.insert(args.end(), {"--trust-anchor", role.empty() ? path : role + "=" + path});
  }
  args.insert(args.end(), c.flags.begin(), c.flags.end());
  TEE_TRY(const std::string evidence, put(folder, c.evidence, used));
  args.push_back(evidence);

  std::string text;
  for (const std::string& arg : args) text += arg + "\n";
  TEE_CHECK(write_file_atomic(folder + "/args", as_bytes(text)));
  print(
      {{"vendor", vendor.name}, {"variant", c.name}, {"folder", folder}, {"exit", c.exit}, {"code", c.code}});
  return {};
}

Status make(const mint::Vendor& vendor, std::string_view variant, const std::string& folder) {
  TEE_TRY(const mint::Case c, vendor.make(variant));
  return write_case(vendor, c, folder);
}

Status make_all(const std::string& folder, std::string_view only) {
  for (const mint::Vendor& vendor : mint::vendors()) {
    if (!only.empty() && vendor.name != only) continue;
    for (const mint::Variant& v : vendor.variants()) {
      TEE_CHECK(make(vendor, v.name, folder + "/" + std::string(vendor.name) + "/" + std::string(v.name)));
    }
  }
  return {};
}

int list() {
  for (const mint::Vendor& vendor : mint::vendors())
    for (const mint::Variant& v : vendor.variants())
      print({{"vendor", vendor.name}, {"variant", v.name}, {"what", v.what}});
  return 0;
}

int done(const Status& status) {
  if (status) return 0;
  std::fprintf(stderr, "tee-mint: %s\n", status.error().message.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() == 1 && args[0] == "list") return list();
  if (args.size() >= 2 && args.size() <= 3 && args[0] == "all") {
    if (args.size() == 3 && !vendor_named(args[2])) {
      std::fprintf(stderr, "tee-mint: no vendor %s\n", args[2].c_str());
      return 2;
    }
    return done(make_all(args[1], args.size() == 3 ? args[2] : ""));
  }
  if (args.size() == 3 && args[0] == "make") {
    const std::size_t slash = args[1].find('/');
    const mint::Vendor* vendor = vendor_named(args[1].substr(0, slash));
    if (!vendor || slash == std::string::npos) {
      std::fprintf(stderr, "tee-mint: no vendor of that name in %s\n", args[1].c_str());
      return 2;
    }
    return done(make(*vendor, args[1].substr(slash + 1), args[2]));
  }
  std::fputs(kUsage, stderr);
  return 2;
}
