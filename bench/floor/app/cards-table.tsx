"use client";

import { keepPreviousData, QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useRef, useState } from "react";

const COLUMNS = ["id", "name", "phone", "code", "type", "state", "balance", "used", "created", "updated"] as const;

type Card = Record<(typeof COLUMNS)[number], string | number>;
type CardPage = { rows: Card[]; total: number };

/** The least that can show, search and page 10,000 cards with the libraries the console has. */
export function CardsTable({ first }: { first: CardPage }) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Cards first={first} />
    </QueryClientProvider>
  );
}

function Cards({ first }: { first: CardPage }) {
  const [text, setText] = useState("");
  const [page, setPage] = useState(1);
  const asked = useDeferredValue(text);
  const dialog = useRef<HTMLDialogElement>(null);
  const { data = first } = useQuery<CardPage>({
    queryKey: [asked, page],
    queryFn: async ({ signal }) => {
      const answer = await fetch(`/api/cards?${new URLSearchParams({ text: asked, page: String(page) })}`, { signal });
      return answer.json();
    },
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    ...(asked === "" && page === 1 && { initialData: first }),
  });
  return (
    <main>
      <p>
        <input
          type="search"
          aria-label="Search"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setPage(1);
          }}
        />
        <button type="button" onClick={() => dialog.current?.showModal()}>
          New
        </button>
        <button type="button" onClick={() => setPage(page + 1)}>
          Next
        </button>
        {data.total} cards, page {page}
      </p>
      <table>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.id}>
              {COLUMNS.map((column) => (
                <td key={column}>{row[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <dialog ref={dialog}>
        <form method="dialog">
          <input aria-label="Amount" />
          <button type="submit">Close</button>
        </form>
      </dialog>
    </main>
  );
}
