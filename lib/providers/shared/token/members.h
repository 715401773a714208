// Typed reading of claims: a member of another type than documented is noted, an absent one stays empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"

namespace tee::token {

using Texts = std::vector<std::string>;

class Members {
 public:
  // `path` stands before names in `problems`: "submods.gce.". Both references must outlive the reader.
  Members(const Json& object, std::string path, Texts& problems)
      : object_(object), path_(std::move(path)), problems_(problems) {}

  std::optional<std::string> text(const char* name) const;
  std::optional<bool> truth(const char* name) const;
  std::optional<std::uint64_t> integer(const char* name) const;
  std::optional<Texts> texts(const char* name) const;  // a list of texts
  Texts one_or_more(const char* name) const;           // one text, or a list of them (RFC 7519 section 4.1.3)
  Json pairs(const char* name) const;                  // an object of texts; null when absent
  const Json* object(const char* name) const;
  std::optional<Bytes> hex_bytes(const char* name, std::size_t size) const;  // either case
  std::optional<Bytes> base64url_bytes(const char* name, std::size_t size) const;

  void problem(const char* name, const std::string& what) const {
    problems_.push_back(path_ + name + " is " + what);
  }

 private:
  const Json& object_;
  std::string path_;
  Texts& problems_;
};

}  // namespace tee::token
