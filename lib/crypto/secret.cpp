#include "crypto/secret.h"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <new>

namespace tee::crypto {

namespace {

// Live secrets, for the signal handler: a fixed table, because a handler may take no lock and allocate nothing.
struct Slot {
  std::atomic<std::uint8_t*> data{nullptr};
  std::atomic<std::size_t> size{0};
};
constexpr std::size_t kSlots = 1024;
Slot slots[kSlots];
constexpr std::size_t kNoSlot = kSlots;

std::size_t remember(std::uint8_t* data, std::size_t size) {
  for (std::size_t i = 0; i < kSlots; ++i) {
    std::uint8_t* free_slot = nullptr;
    if (!slots[i].data.compare_exchange_strong(free_slot, data)) continue;
    slots[i].size.store(size);
    return i;
  }
  return kNoSlot;
}

void forget(std::size_t slot) {
  if (slot == kNoSlot) return;
  slots[slot].size.store(0);
  slots[slot].data.store(nullptr);
}

void wipe_and_die(int signal) {
  for (Slot& s : slots)
    if (std::uint8_t* data = s.data.load(); data != nullptr) sodium_memzero(data, s.size.load());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void ready() {
  static const bool started = sodium_init() >= 0;
  if (!started) std::abort();  // no entropy, no locks: nothing secret can be done
}

}  // namespace

Secret::Secret(std::size_t size) : size_(size) {
  if (size == 0) return;
  ready();
  data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
  if (data_ == nullptr) throw std::bad_alloc();
  sodium_memzero(data_, size);  // libsodium fills with 0xdb
  slot_ = remember(data_, size);
}

Secret Secret::copy(ByteView from) { return joined({from}); }

Secret Secret::random(std::size_t size) {
  Secret out(size);
  random_bytes(out.bytes());
  return out;
}

Secret Secret::joined(std::initializer_list<ByteView> parts) {
  std::size_t total = 0;
  for (const ByteView part : parts) total += part.size();
  Secret out(total);
  std::uint8_t* to = out.data_;
  for (const ByteView part : parts) to = std::copy(part.begin(), part.end(), to);
  return out;
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), slot_(other.slot_) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  release();
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  slot_ = other.slot_;
  return *this;
}

Secret::~Secret() { release(); }

void Secret::release() {
  if (data_ == nullptr) return;
  sodium_memzero(data_, size_);
  forget(slot_);
  sodium_free(data_);
  data_ = nullptr;
}

void Secret::shrink(std::size_t size) {
  if (size >= size_) return;
  sodium_memzero(data_ + size, size_ - size);
  size_ = size;
}

void wipe(std::span<std::uint8_t> bytes) {
  if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

void wipe_stack() { sodium_stackzero(32u << 10); }

void random_bytes(std::span<std::uint8_t> into) {
  ready();
  randombytes_buf(into.data(), into.size());
}

Protection protect_process() {
  ready();
  Protection out;
  const rlimit none{0, 0};
  out.no_dumps = setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0;
  alignas(4096) static std::uint8_t page[4096];
  out.lockable = sodium_mlock(page, sizeof page) == 0;
  if (out.lockable) sodium_munlock(page, sizeof page);
  struct sigaction action {};
  action.sa_handler = wipe_and_die;
  sigfillset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGALRM, SIGXCPU, SIGXFSZ}) {
    struct sigaction before {};
    // A signal that the caller has ignored (nohup) stays ignored.
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
  return out;
}

}  // namespace tee::crypto
