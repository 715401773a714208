// Memory for keys and plaintext: guarded, locked, wiped. Floor F1; libsodium inside.
//
// A Secret lies between pages that cannot be touched, is kept out of core dumps and, where the system allows it, out of swap.
// It is never copied implicitly and is wiped when it goes, also when a signal ends the process (protect_process). What is secret
// belongs here and in nothing else: no std::string, no Bytes.
#pragma once

#include <array>
#include <initializer_list>
#include <span>

#include "base/bytes.h"

namespace tee::crypto {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::size_t size);  // zeros; throws std::bad_alloc
  static Secret copy(ByteView from);
  static Secret random(std::size_t size);
  static Secret joined(std::initializer_list<ByteView> parts);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::span<std::uint8_t> bytes() { return {data_, size_}; }
  ByteView view() const { return {data_, size_}; }
  void shrink(std::size_t size);  // to at most what it has; the tail is wiped

 private:
  void release();

  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0, slot_ = 0;
};

void wipe(std::span<std::uint8_t> bytes);  // not optimised away
void wipe_stack();                         // what calls that have returned left below the caller
void random_bytes(std::span<std::uint8_t> into);
template <std::size_t N>
std::array<std::uint8_t, N> random_array() {
  std::array<std::uint8_t, N> out;
  random_bytes(out);
  return out;
}

// For main() of a tool with secrets, before any of them exists: no core dumps, no tracing by processes of the same user, and
// signals that end the process wipe every Secret first. What the system refused is said, for a warning.
struct Protection {
  bool no_dumps = false;
  bool lockable = false;  // memory can be kept out of swap
};
Protection protect_process();

}  // namespace tee::crypto
