(* A checker of sign certificates, and the proof that what it accepts is true.

   A theorem below states a proposition over Coq's real numbers. Its proof lists facts, each the
   sign of a polynomial: a hypothesis, or what follows from earlier facts by an identity
   "multiplier * polynomial = sum of products". The function [check] expands both sides and
   compares them; [check_ok] shows that then the conclusion holds. Nothing here is an axiom. *)

From Coq Require Import Reals ZArith List Lia Lra Bool Ring_polynom Ring_theory Setoid.
Import ListNotations.
Local Open Scope R_scope.

(* Polynomials with whole coefficients, as the tactic [ring] has them. *)

Definition poly := Pol Z.
Definition p_const (c : Z) : poly := Pc c.
Definition p_add : poly -> poly -> poly := Padd 0%Z Z.add Z.eqb.
Definition p_sub : poly -> poly -> poly := Psub 0%Z Z.add Z.sub Z.opp Z.eqb.
Definition p_mul : poly -> poly -> poly := Pmul 0%Z 1%Z Z.add Z.mul Z.eqb.
Definition p_opp : poly -> poly := Popp Z.opp.
Definition p_var (n : positive) : poly := mk_X 0%Z 1%Z n.
Definition p_eq : poly -> poly -> bool := Peq Z.eqb.
Fixpoint p_pow (p : poly) (n : nat) : poly :=
  match n with O => p_const 1 | S m => p_mul p (p_pow p m) end.
Definition value (v : list R) (p : poly) : R := Pphi 0 Rplus Rmult IZR v p.
Arguments p_const : simpl never.
Arguments p_add : simpl never.
Arguments p_sub : simpl never.
Arguments p_mul : simpl never.
Arguments p_opp : simpl never.
Arguments p_var : simpl never.
Arguments p_eq : simpl never.
Arguments value : simpl never.

Lemma real_ring : ring_theory 0 1 Rplus Rmult Rminus Ropp (@eq R).
Proof. split; intros; ring. Qed.

Lemma real_ext : ring_eq_ext Rplus Rmult Ropp (@eq R).
Proof. exact (Eq_ext Rplus Rmult Ropp). Qed.

Lemma real_almost : almost_ring_theory 0 1 Rplus Rmult Rminus Ropp (@eq R).
Proof. exact (Rth_ARth (Eqsth R) real_ext real_ring). Qed.

Lemma integers_in_reals :
  ring_morph 0 1 Rplus Rmult Rminus Ropp (@eq R) 0%Z 1%Z Z.add Z.mul Z.sub Z.opp Z.eqb IZR.
Proof.
  split; intros; try reflexivity.
  - apply plus_IZR.
  - apply minus_IZR.
  - apply mult_IZR.
  - apply opp_IZR.
  - apply Z.eqb_eq in H. now subst.
Qed.

Lemma const_ok v c : value v (p_const c) = IZR c.
Proof. reflexivity. Qed.

Lemma add_ok v p q : value v (p_add p q) = value v p + value v q.
Proof. exact (Padd_ok (Eqsth R) real_ext real_almost integers_in_reals q p v). Qed.

Lemma sub_ok v p q : value v (p_sub p q) = value v p - value v q.
Proof. exact (Psub_ok (Eqsth R) real_ext real_almost integers_in_reals q p v). Qed.

Lemma mul_ok v p q : value v (p_mul p q) = value v p * value v q.
Proof. exact (Pmul_ok (Eqsth R) real_ext real_almost integers_in_reals p q v). Qed.

Lemma opp_ok v p : value v (p_opp p) = - value v p.
Proof. exact (Popp_ok (Eqsth R) real_ext real_almost integers_in_reals p v). Qed.

Lemma var_ok v n : value v (p_var n) = BinList.nth 0 n v.
Proof. symmetry. exact (mkX_ok (Eqsth R) real_ext real_almost integers_in_reals n v). Qed.

Lemma eq_ok v p q : p_eq p q = true -> value v p = value v q.
Proof. intro E. exact (Peq_ok (Eqsth R) real_ext integers_in_reals p q E v). Qed.

Lemma pow_ok v p n : value v (p_pow p n) = value v p ^ n.
Proof. induction n as [|n IH]; [reflexivity|]. simpl. now rewrite mul_ok, IH. Qed.

(* Expressions as they stand in a statement, and as quotients of polynomials. *)

Inductive expr :=
| eC (c : Z) | eX (n : positive) | eA (a b : expr) | eS (a b : expr) | eM (a b : expr)
| eO (a : expr) | eP (a : expr) (n : nat) | eD (a b : expr).

Fixpoint ev (v : list R) (e : expr) : R :=
  match e with
  | eC c => IZR c
  | eX n => BinList.nth 0 n v
  | eA a b => ev v a + ev v b
  | eS a b => ev v a - ev v b
  | eM a b => ev v a * ev v b
  | eO a => - ev v a
  | eP a n => ev v a ^ n
  | eD a b => ev v a / ev v b
  end.

Definition join (f : poly -> poly -> poly) (x y : poly * poly) : poly * poly :=
  let (a, b) := x in
  let (c, d) := y in
  if p_eq b d then (f a c, b) else (f (p_mul a d) (p_mul c b), p_mul b d).

Fixpoint quotient (e : expr) : poly * poly :=
  match e with
  | eC c => (p_const c, p_const 1)
  | eX n => (p_var n, p_const 1)
  | eA a b => join p_add (quotient a) (quotient b)
  | eS a b => join p_sub (quotient a) (quotient b)
  | eM a b => let (n, d) := quotient a in let (m, c) := quotient b in (p_mul n m, p_mul d c)
  | eO a => let (n, d) := quotient a in (p_opp n, d)
  | eP a k => let (n, d) := quotient a in (p_pow n k, p_pow d k)
  | eD a b => let (n, d) := quotient a in let (m, c) := quotient b in (p_mul n c, p_mul d m)
  end.

Definition poly_of (e : expr) : poly := fst (quotient e).

(* The numerators of everything that is divided by. *)
Fixpoint divisors (e : expr) : list poly :=
  match e with
  | eC _ | eX _ => []
  | eA a b | eS a b | eM a b => divisors a ++ divisors b
  | eO a | eP a _ => divisors a
  | eD a b => divisors a ++ divisors b ++ [poly_of b]
  end.

Definition nonzero (v : list R) (p : poly) : Prop := value v p <> 0.

Lemma quotient_ok v e :
  Forall (nonzero v) (divisors e) ->
  value v (snd (quotient e)) <> 0 /\
  ev v e = value v (fst (quotient e)) / value v (snd (quotient e)).
Proof.
  assert (J : forall f g, (forall p q, value v (f p q) = g (value v p) (value v q)) ->
    (forall a b c, g (a * c) (b * c) = g a b * c) ->
    forall x y, value v (snd x) <> 0 -> value v (snd y) <> 0 ->
    value v (snd (join f x y)) <> 0 /\
    g (value v (fst x) / value v (snd x)) (value v (fst y) / value v (snd y)) =
    value v (fst (join f x y)) / value v (snd (join f x y))).
  { intros f g F D [a b] [c d] B C. simpl in *. unfold Rdiv.
    destruct (p_eq b d) eqn:E; simpl.
    - rewrite F, <- (eq_ok v _ _ E). split; [assumption|]. now rewrite D.
    - rewrite F, !mul_ok. split; [now apply Rmult_integral_contrapositive|].
      rewrite <- D. f_equal; field; auto. }
  induction e as [c|n|a IHa b IHb|a IHa b IHb|a IHa b IHb|a IHa|a IHa k|a IHa b IHb];
    simpl; intro H.
  - rewrite !const_ok. split; [lra|field].
  - rewrite var_ok, const_ok. split; [lra|field].
  - apply Forall_app in H as [Ha Hb]. destruct (IHa Ha) as [Da Ea], (IHb Hb) as [Db Eb].
    rewrite Ea, Eb. apply (J p_add Rplus); auto using add_ok. intros; ring.
  - apply Forall_app in H as [Ha Hb]. destruct (IHa Ha) as [Da Ea], (IHb Hb) as [Db Eb].
    rewrite Ea, Eb. apply (J p_sub Rminus); auto using sub_ok. intros; ring.
  - apply Forall_app in H as [Ha Hb]. destruct (IHa Ha) as [Da Ea], (IHb Hb) as [Db Eb].
    destruct (quotient a), (quotient b); simpl in *. rewrite !mul_ok, Ea, Eb.
    split; [now apply Rmult_integral_contrapositive|field; auto].
  - destruct (IHa H) as [Da Ea]. destruct (quotient a); simpl in *. rewrite opp_ok, Ea.
    split; [assumption|field; auto].
  - destruct (IHa H) as [Da Ea]. destruct (quotient a); simpl in *. rewrite !pow_ok, Ea.
    split; [now apply pow_nonzero|]. unfold Rdiv. now rewrite Rpow_mult_distr, pow_inv.
  - apply Forall_app in H as [Ha Hb]. apply Forall_app in Hb as [Hb Hm].
    inversion_clear Hm as [|? ? M _]. destruct (IHa Ha) as [Da Ea], (IHb Hb) as [Db Eb].
    unfold nonzero, poly_of in M.
    destruct (quotient a), (quotient b); simpl in *. rewrite !mul_ok, Ea, Eb.
    split; [now apply Rmult_integral_contrapositive|field; auto].
Qed.

(* Relations, and facts: what is known of the sign of a polynomial. *)

Inductive atom :=
| aLt (a b : expr) | aLe (a b : expr) | aGe (a b : expr) | aEq (a b : expr) | aNe (a b : expr).

Definition a0 : list atom := [].
Definition ac (a : atom) (l : list atom) : list atom := a :: l.

Definition holds (v : list R) (a : atom) : Prop :=
  match a with
  | aLt a b => ev v a < ev v b
  | aLe a b => ev v a <= ev v b
  | aGe a b => ev v a >= ev v b
  | aEq a b => ev v a = ev v b
  | aNe a b => ev v a <> ev v b
  end.

Inductive kind := kPos | kNonneg | kZero | kNonzero.

Definition is (k : kind) (x : R) : Prop :=
  match k with kPos => 0 < x | kNonneg => 0 <= x | kZero => x = 0 | kNonzero => x <> 0 end.

Definition fact := (poly * kind)%type.
Definition true_fact (v : list R) (f : fact) : Prop := is (snd f) (value v (fst f)).

(* Whether the first kind implies the second. *)
Definition implies (k l : kind) : bool :=
  match k, l with
  | kPos, (kPos | kNonneg | kNonzero) | kNonneg, kNonneg | kZero, (kZero | kNonneg)
  | kNonzero, kNonzero => true
  | _, _ => false
  end.

Lemma implies_ok k l x : implies k l = true -> is k x -> is l x.
Proof. destruct k, l; simpl; try discriminate; intros; lra. Qed.

Definition times (k l : kind) : option kind :=
  match k, l with
  | kZero, _ | _, kZero => Some kZero
  | kPos, _ => Some l
  | _, kPos => Some k
  | kNonneg, kNonneg => Some kNonneg
  | kNonzero, kNonzero => Some kNonzero
  | _, _ => None
  end.

Lemma times_ok k l m x y : times k l = Some m -> is k x -> is l y -> is m (x * y).
Proof.
  destruct k, l; simpl; intro E; inversion_clear E; simpl; intros X Y; subst;
    try ring; try (now apply Rmult_lt_0_compat); try (apply Rmult_le_pos; lra);
    try (apply Rmult_integral_contrapositive; split; lra).
Qed.

Definition power (k : kind) (n : nat) : kind :=
  match n with O => kPos | _ => if Nat.even n then match k with kNonzero => kPos | _ => k end else k end.

Lemma even_power_pos x n : x <> 0 -> Nat.even n = true -> 0 < x ^ n.
Proof.
  intros X E. apply Nat.even_spec in E as [m ->]. rewrite pow_mult. apply pow_lt. nra.
Qed.

Lemma power_ok k n x : is k x -> is (power k n) (x ^ n).
Proof.
  unfold power. destruct n as [|n]; [simpl; lra|]. intro H.
  destruct k; destruct (Nat.even (S n)) eqn:E; cbn [is] in *.
  1, 2: now apply pow_lt.
  1, 2: now apply pow_le.
  1, 2: subst; apply pow_ne_zero; discriminate.
  - now apply even_power_pos.
  - now apply pow_nonzero.
Qed.

(* Products of facts, and sums of such products. *)

Definition product := list (N * N).
Definition term := (Z * product)%type.

(* Lists of one type each, which Rocq reads faster than the general notation. *)
Definition p0 : product := [].
Definition pw (i n : N) (l : product) : product := (i, n) :: l.
Definition t0 : list term := [].
Definition tm (c : Z) (m : product) (l : list term) : list term := (c, m) :: l.
Definition z0 : list (expr * N) := [].
Definition zr (e : expr) (i : N) (l : list (expr * N)) : list (expr * N) := (e, i) :: l.

Definition fact_at (G : list fact) (i : N) : option fact := nth_error G (N.to_nat i).

Fixpoint multiply (G : list fact) (l : product) : option fact :=
  match l with
  | [] => Some (p_const 1, kPos)
  | (i, n) :: l =>
      match fact_at G i, multiply G l with
      | Some (p, k), Some (q, m) =>
          match times (power k (N.to_nat n)) m with
          | Some k => Some (p_mul (p_pow p (N.to_nat n)) q, k)
          | None => None
          end
      | _, _ => None
      end
  end.

Definition scale (c : Z) (f : fact) : option fact :=
  let (p, k) := f in
  let q := p_mul (p_const c) p in
  match k with
  | kZero => Some (q, kZero)
  | kNonzero => if (c =? 0)%Z then None else Some (q, kNonzero)
  | _ => if (0 <? c)%Z then Some (q, k) else None
  end.

Definition plus (f g : fact) : option fact :=
  let (p, k) := f in
  let (q, l) := g in
  match k, l with
  | kZero, _ => Some (p_add p q, l)
  | _, kZero => Some (p_add p q, k)
  | kPos, (kPos | kNonneg) | kNonneg, kPos => Some (p_add p q, kPos)
  | kNonneg, kNonneg => Some (p_add p q, kNonneg)
  | _, _ => None
  end.

Fixpoint sum (G : list fact) (l : list term) : option fact :=
  match l with
  | [] => Some (p_const 0, kZero)
  | (c, m) :: l =>
      match multiply G m, sum G l with
      | Some f, Some g => match scale c f with Some f => plus f g | None => None end
      | _, _ => None
      end
  end.

(* Multiples of polynomials that are zero. *)
Fixpoint zeros (G : list fact) (l : list (expr * N)) : option poly :=
  match l with
  | [] => Some (p_const 0)
  | (e, i) :: l =>
      match fact_at G i, zeros G l with
      | Some (p, kZero), Some q => Some (p_add (p_mul (poly_of e) p) q)
      | _, _ => None
      end
  end.

Definition true_facts (v : list R) (G : list fact) : Prop := Forall (true_fact v) G.

Section Soundness.
Variable v : list R.

Lemma fact_at_ok G i f : true_facts v G -> fact_at G i = Some f -> true_fact v f.
Proof. intros H E. apply nth_error_In in E. unfold true_facts in H. rewrite Forall_forall in H. auto. Qed.

Lemma multiply_ok G l f : true_facts v G -> multiply G l = Some f -> true_fact v f.
Proof.
  intro H. revert f. induction l as [|[i n] l IH]; simpl; intros f E.
  - inversion_clear E. unfold true_fact. simpl. rewrite const_ok. lra.
  - destruct (fact_at G i) as [[p k]|] eqn:F; [|discriminate].
    destruct (multiply G l) as [[q m]|]; [|discriminate].
    destruct (times (power k (N.to_nat n)) m) as [j|] eqn:T; [|discriminate].
    inversion_clear E. unfold true_fact. simpl. rewrite mul_ok, pow_ok.
    apply (times_ok _ _ _ _ _ T); [apply power_ok; exact (fact_at_ok _ _ _ H F)|].
    exact (IH _ eq_refl).
Qed.

Lemma scale_ok c f g : scale c f = Some g -> true_fact v f -> true_fact v g.
Proof.
  destruct f as [p k]. unfold scale, true_fact. destruct k; simpl.
  1, 2: destruct (Z.ltb_spec 0 c) as [C|C]; [|discriminate]; apply IZR_lt in C;
    intro E; inversion_clear E; simpl; rewrite mul_ok, const_ok; intro.
  - now apply Rmult_lt_0_compat.
  - apply Rmult_le_pos; lra.
  - intro E; inversion_clear E; simpl; rewrite mul_ok; intros ->. ring.
  - destruct (Z.eqb_spec c 0) as [|C]; [discriminate|].
    intro E; inversion_clear E; simpl; rewrite mul_ok, const_ok; intro.
    apply Rmult_integral_contrapositive. split; [now apply not_0_IZR|assumption].
Qed.

Lemma plus_ok f g h : plus f g = Some h -> true_fact v f -> true_fact v g -> true_fact v h.
Proof.
  destruct f as [p k], g as [q l]. unfold plus, true_fact.
  destruct k, l; simpl; try discriminate; intro E; inversion_clear E; simpl; rewrite add_ok; lra.
Qed.

Lemma sum_ok G l f : true_facts v G -> sum G l = Some f -> true_fact v f.
Proof.
  intro H. revert f. induction l as [|[c m] l IH]; simpl; intros f E.
  - inversion_clear E. unfold true_fact. simpl. now rewrite const_ok.
  - destruct (multiply G m) as [g|] eqn:M; [|discriminate].
    destruct (sum G l) as [h|]; [|discriminate].
    destruct (scale c g) as [s|] eqn:S; [|discriminate].
    apply (plus_ok _ _ _ E); [exact (scale_ok _ _ _ S (multiply_ok _ _ _ H M))|exact (IH _ eq_refl)].
Qed.

Lemma zeros_ok G l p : true_facts v G -> zeros G l = Some p -> value v p = 0.
Proof.
  intro H. revert p. induction l as [|[e i] l IH]; simpl; intros p E.
  - inversion_clear E. apply const_ok.
  - destruct (fact_at G i) as [[q []]|] eqn:F; try discriminate.
    destruct (zeros G l) as [r|]; [|discriminate]. inversion_clear E.
    rewrite add_ok, mul_ok, (IH _ eq_refl).
    assert (Q := fact_at_ok _ _ _ H F). unfold true_fact in Q. simpl in Q. rewrite Q. ring.
Qed.

End Soundness.

(* Steps: each adds a fact. *)

Inductive step :=
| sHyp (i : N) (d : list term)  (* hypothesis i, whose divisors are these products *)
| sSum (e : expr) (k : kind) (c : Z) (m : product) (l : list term) (z : list (expr * N))
    (* c * m * e = l + z *)
| sSquare (e : expr)
| sApart (i j : N) (e : expr)  (* fact i is not zero, since fact j, its multiple by e, is not *)
| sFactor (i : N) (e c : expr)  (* fact i, which is not zero, is e * c *)
| sRoot (i : N) (e : expr) (n : N)  (* fact i says that the power of e is zero *)
| sBoth (i j : N).  (* not negative, nor is the opposite *)

Definition s0 : list step := [].
Definition sc (s : step) (l : list step) : list step := s :: l.

Fixpoint are_products (G : list fact) (ps : list poly) (l : list term) : bool :=
  match ps, l with
  | [], [] => true
  | p :: ps, (c, m) :: l =>
      match multiply G m with
      | Some (q, k) =>
          negb (c =? 0)%Z && implies k kNonzero && p_eq p (p_mul (p_const c) q)
          && are_products G ps l
      | None => false
      end
  | _, _ => false
  end.

Definition sides (a : atom) : expr :=
  match a with aLt a b | aLe a b | aEq a b | aNe a b => eS b a | aGe a b => eS a b end.

Definition fact_of (a : atom) : fact :=
  let (n, d) := quotient (sides a) in
  match a with
  | aLt _ _ => (p_mul n d, kPos)
  | aLe _ _ | aGe _ _ => (p_mul n d, kNonneg)
  | aEq _ _ => (n, kZero)
  | aNe _ _ => (n, kNonzero)
  end.

(* What the sign of a multiple, by a factor of a known sign, says. *)
Definition divided (m s k : kind) : bool :=
  match k with
  | kPos => implies s kPos && implies m kNonneg
  | kNonneg => implies s kNonneg && implies m kPos
  | kZero => implies s kZero && implies m kNonzero
  | kNonzero => implies s kNonzero
  end.

Definition when (b : bool) (f : fact) : option fact := if b then Some f else None.

Definition add_step (H : list atom) (G : list fact) (s : step) : option fact :=
  match s with
  | sHyp i d =>
      match nth_error H (N.to_nat i) with
      | Some a => when (are_products G (divisors (sides a)) d) (fact_of a)
      | None => None
      end
  | sSum e k c m l z =>
      match multiply G m, sum G l, zeros G z with
      | Some (p, j), Some (q, s), Some r =>
          let t := poly_of e in
          when ((0 <? c)%Z && divided j s k && p_eq (p_mul (p_const c) (p_mul p t)) (p_add q r)) (t, k)
      | _, _, _ => None
      end
  | sSquare e => Some (p_mul (poly_of e) (poly_of e), kNonneg)
  | sApart i j e =>
      match fact_at G i, fact_at G j with
      | Some (p, k), Some (q, l) =>
          when (implies k kNonneg && implies l kNonzero && p_eq q (p_mul p (poly_of e))) (p, kPos)
      | _, _ => None
      end
  | sFactor i e c =>
      match fact_at G i with
      | Some (p, k) =>
          when (implies k kNonzero && p_eq p (p_mul (poly_of e) (poly_of c))) (poly_of e, kNonzero)
      | None => None
      end
  | sRoot i e n =>
      match fact_at G i with
      | Some (p, kZero) => when (p_eq p (p_pow (poly_of e) (N.to_nat n))) (poly_of e, kZero)
      | _ => None
      end
  | sBoth i j =>
      match fact_at G i, fact_at G j with
      | Some (p, k), Some (q, l) =>
          when (implies k kNonneg && implies l kNonneg && p_eq (p_add p q) (p_const 0)) (p, kZero)
      | _, _ => None
      end
  end.

Section Steps.
Variable v : list R.

Lemma are_products_ok G ps l :
  true_facts v G -> are_products G ps l = true -> Forall (nonzero v) ps.
Proof.
  intro H. revert l. induction ps as [|p ps IH]; intros [|[c m] l]; simpl; try discriminate.
  - intros. constructor.
  - destruct (multiply G m) as [[q k]|] eqn:M; [|discriminate]. intro E.
    apply andb_prop in E as [E El]. apply andb_prop in E as [E Ep].
    apply andb_prop in E as [Ec Ek]. constructor; [|exact (IH _ El)].
    unfold nonzero. rewrite (eq_ok v _ _ Ep), mul_ok, const_ok.
    apply negb_true_iff, Z.eqb_neq in Ec. apply Rmult_integral_contrapositive. split.
    + now apply not_0_IZR.
    + exact (implies_ok _ kNonzero _ Ek (multiply_ok v _ _ _ H M)).
Qed.

Lemma quotient_sign n d : d <> 0 -> n / d * (d * d) = n * d.
Proof. intro. field. assumption. Qed.

Lemma fact_of_ok a : Forall (nonzero v) (divisors (sides a)) -> holds v a -> true_fact v (fact_of a).
Proof.
  intros D H. destruct (quotient_ok v _ D) as [N E]. unfold fact_of, true_fact.
  destruct (quotient (sides a)) as [n d]. simpl in N, E.
  assert (Q := quotient_sign (value v n) _ N). rewrite <- E in Q.
  assert (0 < value v d * value v d) by (destruct (Rtotal_order (value v d) 0) as [|[|]]; nra).
  assert (P : value v n = ev v (sides a) * value v d) by (rewrite E; field; assumption).
  destruct a; simpl in *; rewrite ?mul_ok.
  - rewrite <- Q. apply Rmult_lt_0_compat; lra.
  - rewrite <- Q. apply Rmult_le_pos; lra.
  - rewrite <- Q. apply Rmult_le_pos; lra.
  - rewrite P, H. ring.
  - rewrite P. apply Rmult_integral_contrapositive. split; [intro; apply H; lra|assumption].
Qed.

Lemma divided_ok m s k c x y :
  divided m s k = true -> 0 < c -> is m x -> is s (c * (x * y)) -> is k y.
Proof.
  destruct k; simpl; intros E C X Y.
  - apply andb_prop in E as [Es Em]. apply (implies_ok _ kPos _ Es) in Y.
    apply (implies_ok _ kNonneg _ Em) in X. simpl in *.
    destruct (Rlt_le_dec 0 y); [assumption|]. exfalso.
    assert (0 <= c * (x * - y)) by (repeat apply Rmult_le_pos; lra). lra.
  - apply andb_prop in E as [Es Em]. apply (implies_ok _ kNonneg _ Es) in Y.
    apply (implies_ok _ kPos _ Em) in X. simpl in *.
    destruct (Rle_lt_dec 0 y); [assumption|]. exfalso.
    assert (0 < c * (x * - y)) by (repeat apply Rmult_lt_0_compat; lra). lra.
  - apply andb_prop in E as [Es Em]. apply (implies_ok _ kZero _ Es) in Y.
    apply (implies_ok _ kNonzero _ Em) in X. simpl in *.
    apply Rmult_integral in Y as [Y|Y]; [lra|]. apply Rmult_integral in Y as [Y|Y]; lra.
  - apply (implies_ok _ kNonzero _ E) in Y. simpl in *. intro Z. apply Y. rewrite Z. ring.
Qed.

Lemma when_ok b f g : when b f = Some g -> b = true /\ g = f.
Proof. destruct b; simpl; intro E; inversion E; auto. Qed.

Lemma add_step_ok H G s f :
  Forall (holds v) H -> true_facts v G -> add_step H G s = Some f -> true_fact v f.
Proof.
  intros HH HG. destruct s as [i d|e k c m l z|e|i j e|i e c|i e n|i j]; simpl.
  - destruct (nth_error H (N.to_nat i)) as [a|] eqn:E; [|discriminate]. intro W.
    apply when_ok in W as [W ->]. apply fact_of_ok; [exact (are_products_ok _ _ _ HG W)|].
    apply nth_error_In in E. rewrite Forall_forall in HH. auto.
  - destruct (multiply G m) as [[p j]|] eqn:M; [|discriminate].
    destruct (sum G l) as [[q s]|] eqn:S; [|discriminate].
    destruct (zeros G z) as [r|] eqn:Z; [|discriminate]. intro W. apply when_ok in W as [W ->].
    apply andb_prop in W as [W E]. apply andb_prop in W as [C D].
    apply Z.ltb_lt, IZR_lt in C. apply (eq_ok v) in E.
    rewrite !mul_ok, add_ok, const_ok, (zeros_ok v _ _ _ HG Z), Rplus_0_r in E.
    apply (multiply_ok v _ _ _ HG) in M. apply (sum_ok v _ _ _ HG) in S.
    unfold true_fact in *. simpl fst in *. simpl snd in *. rewrite <- E in S.
    exact (divided_ok _ _ _ _ _ _ D C M S).
  - intro W. inversion_clear W. unfold true_fact. simpl. rewrite mul_ok. nra.
  - destruct (fact_at G i) as [[p k]|] eqn:I; [|discriminate].
    destruct (fact_at G j) as [[q l]|] eqn:J; [|discriminate]. intro W.
    apply when_ok in W as [W ->]. apply andb_prop in W as [W E]. apply andb_prop in W as [K L].
    apply (fact_at_ok v _ _ _ HG), (implies_ok _ _ _ K) in I.
    apply (fact_at_ok v _ _ _ HG), (implies_ok _ _ _ L) in J.
    unfold true_fact in *. simpl in *. rewrite (eq_ok v _ _ E), mul_ok in J.
    destruct (Rtotal_order 0 (value v p)) as [|[Z|]]; [assumption| |lra].
    exfalso. apply J. rewrite <- Z. ring.
  - destruct (fact_at G i) as [[p k]|] eqn:I; [|discriminate]. intro W.
    apply when_ok in W as [W ->]. apply andb_prop in W as [K E].
    apply (fact_at_ok v _ _ _ HG), (implies_ok _ _ _ K) in I.
    unfold true_fact in *. simpl in *. rewrite (eq_ok v _ _ E), mul_ok in I.
    intro Z. apply I. rewrite Z. ring.
  - destruct (fact_at G i) as [[p []]|] eqn:I; try discriminate. intro W.
    apply when_ok in W as [W ->]. apply (fact_at_ok v _ _ _ HG) in I. unfold true_fact in *.
    simpl in *. rewrite (eq_ok v _ _ W), pow_ok in I.
    destruct (Req_dec (value v (poly_of e)) 0) as [|X]; [assumption|].
    exfalso. exact (pow_nonzero _ _ X I).
  - destruct (fact_at G i) as [[p k]|] eqn:I; [|discriminate].
    destruct (fact_at G j) as [[q l]|] eqn:J; [|discriminate]. intro W.
    apply when_ok in W as [W ->]. apply andb_prop in W as [W E]. apply andb_prop in W as [K L].
    apply (fact_at_ok v _ _ _ HG), (implies_ok _ _ _ K) in I.
    apply (fact_at_ok v _ _ _ HG), (implies_ok _ _ _ L) in J.
    apply (eq_ok v) in E. rewrite add_ok, const_ok in E. unfold true_fact in *. simpl in *. lra.
Qed.

End Steps.

(* Proofs: steps, cases of a sign, facts proved on the way, and the conclusion. *)

Record conclusion :=
  by_signs { c_divisors : list term; c_above : list term; c_below : list term }.
Definition c0 : list conclusion := [].
Definition cc (c : conclusion) (l : list conclusion) : list conclusion := c :: l.

Inductive proof :=
| Steps (l : list step) (p : proof)
| Lemma_ (e : expr) (k : kind) (p q : proof)  (* p shows the fact, q uses it *)
| Cases (e : expr) (p q : proof)  (* p where e is positive, q where -e is not negative *)
| Fact (i : N)
| Absurd (i : N)  (* fact i speaks of a number, and is false *)
| Conclude (l : list conclusion).

Inductive goal := gFact (f : fact) | gAtoms (l : list atom).

Fixpoint all_hold (v : list R) (l : list atom) : Prop :=
  match l with [] => True | [a] => holds v a | a :: l => holds v a /\ all_hold v l end.

Definition true_goal (v : list R) (g : goal) : Prop :=
  match g with gFact f => true_fact v f | gAtoms l => all_hold v l end.

Fixpoint add_steps (H : list atom) (G : list fact) (l : list step) : option (list fact) :=
  match l with
  | [] => Some G
  | s :: l => match add_step H G s with Some f => add_steps H (G ++ [f]) l | None => None end
  end.

Definition is_absurd (f : fact) : bool :=
  match f with
  | (Pc c, k) =>
      match k with
      | kPos => (c <=? 0)%Z
      | kNonneg => (c <? 0)%Z
      | kZero => negb (c =? 0)%Z
      | kNonzero => (c =? 0)%Z
      end
  | _ => false
  end.

(* The kind of c * m, and whether it is turned over; p must be that product. *)
Definition signed (G : list fact) (p : poly) (t : list term) : option (kind * bool) :=
  match t with
  | [(c, m)] =>
      match multiply G m with
      | Some (q, k) =>
          if p_eq p (p_mul (p_const c) q)
          then if (c =? 0)%Z then Some (kZero, false) else Some (k, (c <? 0)%Z)
          else None
      | None => None
      end
  | _ => None
  end.

Definition wanted (a : atom) : kind :=
  match a with aLt _ _ => kPos | aLe _ _ | aGe _ _ => kNonneg | aEq _ _ => kZero | aNe _ _ => kNonzero end.

Definition concludes (G : list fact) (a : atom) (c : conclusion) : bool :=
  are_products G (divisors (sides a)) (c_divisors c) &&
  let (n, d) := quotient (sides a) in
  match signed G n (c_above c), signed G d (c_below c) with
  | Some (k, b), Some (l, b') =>
      implies k (wanted a) &&
      match k with
      | kZero | kNonzero => true
      | _ => match wanted a with kNonzero => true | _ => implies l kPos && eqb b b' end
      end
  | _, _ => false
  end.

Fixpoint all_conclude (G : list fact) (l : list atom) (cs : list conclusion) : bool :=
  match l, cs with
  | [], [] => true
  | a :: l, c :: cs => concludes G a c && all_conclude G l cs
  | _, _ => false
  end.

Fixpoint check (H : list atom) (G : list fact) (p : proof) (g : goal) : bool :=
  match p with
  | Steps l p => match add_steps H G l with Some G => check H G p g | None => false end
  | Lemma_ e k p q =>
      let f := (poly_of e, k) in check H G p (gFact f) && check H (G ++ [f]) q g
  | Cases e p q =>
      check H (G ++ [(poly_of e, kPos)]) p g && check H (G ++ [(p_opp (poly_of e), kNonneg)]) q g
  | Fact i =>
      match g, fact_at G i with
      | gFact (p, k), Some (q, l) => p_eq p q && implies l k
      | _, _ => false
      end
  | Absurd i => match fact_at G i with Some f => is_absurd f | None => false end
  | Conclude cs => match g with gAtoms l => all_conclude G l cs | _ => false end
  end.

Section Checked.
Variable v : list R.

Lemma add_steps_ok H l G F :
  Forall (holds v) H -> true_facts v G -> add_steps H G l = Some F -> true_facts v F.
Proof.
  intro HH. revert G. induction l as [|s l IH]; simpl; intros G HG E.
  - now inversion E; subst.
  - destruct (add_step H G s) as [f|] eqn:S; [|discriminate]. refine (IH _ _ E).
    apply Forall_app. split; [assumption|]. constructor; [|constructor].
    exact (add_step_ok v _ _ _ _ HH HG S).
Qed.

Lemma is_absurd_ok f : is_absurd f = true -> ~ true_fact v f.
Proof.
  destruct f as [[c| |] k]; simpl; try discriminate. unfold true_fact. simpl.
  change (value v (Pc c)) with (IZR c). destruct k; simpl; intros E F.
  - apply Z.leb_le, IZR_le in E. lra.
  - apply Z.ltb_lt, IZR_lt in E. lra.
  - apply negb_true_iff, Z.eqb_neq in E. apply E. now apply eq_IZR.
  - apply Z.eqb_eq in E. subst. now apply F.
Qed.

Lemma multiple_is k c x : 0 < c -> is k x -> is k (c * x).
Proof.
  intros C X. destruct k; simpl in *.
  - now apply Rmult_lt_0_compat.
  - apply Rmult_le_pos; lra.
  - subst. ring.
  - apply Rmult_integral_contrapositive. split; lra.
Qed.

Lemma signed_is G p t k b :
  true_facts v G -> signed G p t = Some (k, b) -> is k (if b then - value v p else value v p).
Proof.
  intro H. destruct t as [|[c m] [|]]; try discriminate. simpl.
  destruct (multiply G m) as [[q l]|] eqn:M; [|discriminate].
  destruct (p_eq p (p_mul (p_const c) q)) eqn:E; [|discriminate].
  apply (eq_ok v) in E. rewrite mul_ok, const_ok in E.
  destruct (Z.eqb_spec c 0) as [->|C]; intro S; inversion S; subst; clear S.
  - simpl. rewrite E. ring.
  - apply (multiply_ok v _ _ _ H) in M. unfold true_fact in M. simpl in M.
    destruct (Z.ltb_spec c 0) as [N|N]; rewrite E.
    + apply IZR_lt in N. replace (- (IZR c * value v q)) with (- IZR c * value v q) by ring.
      apply multiple_is; [lra|assumption].
    + apply multiple_is; [apply IZR_lt; lia|assumption].
Qed.

Lemma of_difference a : is (wanted a) (ev v (sides a)) -> holds v a.
Proof. destruct a; simpl; lra. Qed.

Lemma over_sign n d k (b c : bool) :
  is k (if b then - n else n) -> 0 < (if c then - d else d) -> b = c ->
  k = kPos \/ k = kNonneg -> is k (n / d).
Proof.
  intros N D -> K. assert (X : d <> 0) by (destruct c; lra).
  replace (n / d) with ((if c then - n else n) / (if c then - d else d)) by
    (destruct c; field; lra).
  destruct K as [-> | ->]; simpl in *.
  - now apply Rdiv_lt_0_compat.
  - apply Rmult_le_pos; [assumption|]. apply Rlt_le. now apply Rinv_0_lt_compat.
Qed.

Lemma concludes_ok G a c : true_facts v G -> concludes G a c = true -> holds v a.
Proof.
  intros H E. unfold concludes in E. apply andb_prop in E as [D E].
  apply (are_products_ok v _ _ _ H) in D. destruct (quotient_ok v _ D) as [N Q].
  apply of_difference. rewrite Q. clear Q D. destruct (quotient (sides a)) as [n d]. simpl in *.
  destruct (signed G n (c_above c)) as [[k b]|] eqn:S; [|discriminate].
  destruct (signed G d (c_below c)) as [[l b']|] eqn:T; [|discriminate].
  apply (signed_is _ _ _ _ _ H) in S. apply (signed_is _ _ _ _ _ H) in T.
  apply andb_prop in E as [I E]. unfold Rdiv.
  destruct k.
  3: { apply (implies_ok kZero _ _ I). simpl in *. replace (value v n) with 0 by (destruct b; lra). ring. }
  3: { apply (implies_ok kNonzero _ _ I). simpl in *. apply Rmult_integral_contrapositive.
       split; [destruct b; lra|now apply Rinv_neq_0_compat]. }
  all: destruct (wanted a) eqn:W; try discriminate I.
  all: try (apply andb_prop in E as [L B]; apply eqb_prop in B;
    apply (implies_ok _ kPos _ L) in T; eapply implies_ok; [exact I|];
    apply (over_sign _ _ _ b b'); auto).
  simpl in *. apply Rmult_integral_contrapositive.
  split; [destruct b; lra|now apply Rinv_neq_0_compat].
Qed.

Lemma all_conclude_ok G l cs : true_facts v G -> all_conclude G l cs = true -> all_hold v l.
Proof.
  intro H. revert cs. induction l as [|a l IH]; intros [|c cs]; simpl; try discriminate; [trivial|].
  intro E. apply andb_prop in E as [A E]. apply (concludes_ok _ _ _ H) in A.
  destruct l; [assumption|]. split; [assumption|]. exact (IH _ E).
Qed.

Lemma check_ok H p G g :
  Forall (holds v) H -> true_facts v G -> check H G p g = true -> true_goal v g.
Proof.
  intro HH. revert G g.
  induction p as [l p IH|e k p IHp q IHq|e p IHp q IHq|i|i|cs]; simpl; intros G g HG E.
  - destruct (add_steps H G l) as [F|] eqn:S; [|discriminate].
    exact (IH F g (add_steps_ok _ _ _ _ HH HG S) E).
  - apply andb_prop in E as [Ep Eq]. refine (IHq _ g _ Eq). apply Forall_app.
    split; [assumption|]. constructor; [|constructor]. exact (IHp G (gFact _) HG Ep).
  - apply andb_prop in E as [Ep Eq].
    destruct (Rlt_le_dec 0 (value v (poly_of e))) as [P|P].
    + refine (IHp _ g _ Ep). apply Forall_app. split; [assumption|]. now repeat constructor.
    + refine (IHq _ g _ Eq). apply Forall_app. split; [assumption|]. constructor; [|constructor].
      unfold true_fact. simpl. rewrite opp_ok. lra.
  - destruct g as [[p k]|]; [|discriminate]. destruct (fact_at G i) as [[q l]|] eqn:F; [|discriminate].
    apply andb_prop in E as [P I]. simpl. unfold true_fact. simpl. rewrite (eq_ok v _ _ P).
    exact (implies_ok _ _ _ I (fact_at_ok v _ _ _ HG F)).
  - destruct (fact_at G i) as [f|] eqn:F; [|discriminate]. exfalso.
    exact (is_absurd_ok _ E (fact_at_ok v _ _ _ HG F)).
  - destruct g as [|l]; [discriminate|]. exact (all_conclude_ok _ _ _ HG E).
Qed.

End Checked.

Fixpoint given (v : list R) (l : list atom) : Prop :=
  match l with [] => True | a :: l => holds v a /\ given v l end.

Lemma given_ok v l : given v l -> Forall (holds v) l.
Proof. induction l; simpl; [constructor|]. intros [A L]. constructor; auto. Qed.

Definition e0 : list R := [].
Definition ec (x : R) (l : list R) : list R := x :: l.

Lemma checked v H p l : check H [] p (gAtoms l) = true -> given v H -> all_hold v l.
Proof. intros E G. exact (check_ok v H p [] _ (given_ok _ _ G) (Forall_nil _) E). Qed.

Lemma contradicted v H p : check H [] p (gFact (p_const 0, kPos)) = true -> given v H -> False.
Proof.
  intros E G. assert (A := check_ok v H p [] _ (given_ok _ _ G) (Forall_nil _) E).
  simpl in A. unfold true_fact in A. simpl in A. rewrite const_ok in A. lra.
Qed.

(* Expressions by cases. *)

Definition sgn (x : R) : R := if Rgt_dec x 0 then 1 else if Rlt_dec x 0 then -1 else 0.

Definition and_dec {A B : Prop} (p : {A} + {~ A}) (q : {B} + {~ B}) : {A /\ B} + {~ (A /\ B)}.
Proof. destruct p; [destruct q; [left|right]|right]; tauto. Defined.

Definition or_dec {A B : Prop} (p : {A} + {~ A}) (q : {B} + {~ B}) : {A \/ B} + {~ (A \/ B)}.
Proof. destruct p; [left|destruct q; [left|right]]; tauto. Defined.

Definition not_dec {A : Prop} (p : {A} + {~ A}) : {~ A} + {~ ~ A}.
Proof. destruct p; [right|left]; tauto. Defined.

Lemma not_ne (x y : R) : ~ x <> y -> x = y.
Proof. intro H. destruct (Req_dec x y); tauto. Qed.

Lemma not_or (A B : Prop) : ~ (A \/ B) -> ~ A /\ ~ B.
Proof. tauto. Qed.

Lemma abs_cases x (P : R -> Prop) :
  (x > 0 -> P x) -> (x < 0 -> P (- x)) -> (x = 0 -> P 0) -> P (Rabs x).
Proof.
  intros A B C. destruct (Rtotal_order x 0) as [L|[E|G]].
  - rewrite Rabs_left; auto.
  - subst. rewrite Rabs_R0. auto.
  - rewrite Rabs_pos_eq; [auto|lra].
Qed.

Lemma sign_cases x (P : R -> Prop) :
  (x > 0 -> P 1) -> (x < 0 -> P (- (1))) -> (x = 0 -> P 0) -> P (sgn x).
Proof.
  intros A B C. unfold sgn. destruct (Rgt_dec x 0); [auto|]. destruct (Rlt_dec x 0); [auto|].
  apply C. lra.
Qed.

Ltac extremum :=
  intros; unfold Rmax, Rmin; repeat destruct (Rle_dec _ _);
  match goal with H : _ |- _ => solve [apply H; lra] end.

Ltac any_of t := first [t | left; any_of t | right; any_of t].

Ltac extremum_facts :=
  repeat match goal with H : _ /\ _ |- _ => destruct H end;
  repeat split; try lra;
  repeat match goal with H : _ \/ _ |- _ => destruct H end; any_of lra.

(* What is known of an absolute value, a sign, a root, a logarithm, an exponential. *)

Lemma abs_facts x : Rabs x >= x /\ Rabs x >= - x /\ (Rabs x <= x \/ Rabs x <= - x).
Proof. apply (abs_cases x (fun y => y >= x /\ y >= - x /\ (y <= x \/ y <= - x))); lra. Qed.

Lemma sign_facts x :
  (x > 0 /\ sgn x = 1) \/ (x < 0 /\ sgn x = - (1)) \/ (x = 0 /\ sgn x = 0).
Proof. apply (sign_cases x (fun y => (x > 0 /\ y = 1) \/ (x < 0 /\ y = - (1)) \/ (x = 0 /\ y = 0))); lra. Qed.

Lemma sqrt_facts x : x >= 0 -> sqrt x >= 0 /\ sqrt x ^ 2 = x.
Proof. intro H. split; [apply Rle_ge, sqrt_pos|apply pow2_sqrt; lra]. Qed.

Lemma exp_facts x : exp x > 0 /\ exp x >= 1 + x /\ ((x = 0 /\ exp x = 1) \/ exp x > 1 + x).
Proof.
  assert (P := exp_pos x). destruct (Req_dec x 0) as [->|N]; [rewrite exp_0; lra|].
  assert (E := exp_ineq1 x N). lra.
Qed.

Lemma ln_facts x : x > 0 ->
  ln x <= x - 1 /\ x * ln x >= x - 1 /\
  ((x = 1 /\ ln x = 0) \/ (ln x < x - 1 /\ x * ln x > x - 1)).
Proof.
  intro P. destruct (Req_dec x 1) as [->|N]; [rewrite ln_1; lra|].
  assert (L : ln x <> 0) by (intro L; apply N; rewrite <- (exp_ln x P), L; apply exp_0).
  assert (A := exp_ineq1 _ L). rewrite (exp_ln x P) in A.
  assert (M : - ln x <> 0) by lra. assert (B := exp_ineq1 _ M).
  rewrite exp_Ropp, (exp_ln x P) in B.
  apply (Rmult_lt_compat_l x) in B; [|assumption].
  replace (x * / x) with 1 in B by (field; lra). lra.
Qed.

Ltac settled := repeat split; first [assumption | lra].

Ltac by_bounds H :=
  let A := fresh in pose proof H as A;
  repeat match type of A with _ /\ _ => let B := fresh in destruct A as [B A] end;
  first [settled | destruct A as [A|A]; any_of settled].

Ltac turned :=
  repeat match goal with
  | H : ~ _ < _ |- _ => apply Rnot_lt_ge in H
  | H : ~ _ <= _ |- _ => apply Rnot_le_gt in H
  | H : ~ _ > _ |- _ => apply Rnot_gt_le in H
  | H : ~ _ >= _ |- _ => apply Rnot_ge_lt in H
  | H : ~ _ <> _ |- _ => apply not_ne in H
  end.

Ltac by_branches :=
  repeat match goal with |- context [if ?d then _ else _] => destruct d end; turned;
  any_of ltac:(repeat split; first [assumption | reflexivity | tauto | lra]).
